package dev.sluice.migrations.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One connection, in just as much of PostgreSQL's protocol as tells round trips: whatever ends in a
 * Query or a Sync is one, and ReadyForQuery ends it.
 */
final class Talk {
  private static final int CANCEL = 80877102;

  /** A message may hold a whole migration. */
  private static final int MOST = 2000;

  private final Wire wire;
  private final Socket client;
  private final Socket server;

  /** Not answered yet, in order: a driver may ask the next before it hears of the last. */
  private final Queue<Integer> asked = new ConcurrentLinkedQueue<>();

  Talk(Wire wire, Socket client, Socket server) {
    this.wire = wire;
    this.client = client;
    this.server = server;
  }

  void questions() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    var out = server.getOutputStream();
    var length = in.readInt();
    var code = in.readInt();
    var rest = in.readNBytes(length - 8);
    var start = new ByteArrayOutputStream();
    var data = new DataOutputStream(start);
    data.writeInt(length);
    data.writeInt(code);
    data.write(rest);
    out.write(start.toByteArray());
    if (code == CANCEL) {
      in.transferTo(out);
      return;
    }
    var batch = new ByteArrayOutputStream();
    var said = "";
    while (true) {
      var message = Message.read(in);
      message.appendTo(batch);
      said += message.said();
      if (message.endsATrip()) {
        var trip = wire.begin(said);
        asked.add(trip);
        passes(trip, Moment.BEFORE);
        out.write(batch.toByteArray());
        passes(trip, Moment.DURING);
        said = "";
        batch.reset();
      } else if (!message.waits()) {
        out.write(batch.toByteArray());
        batch.reset();
      }
    }
  }

  /** Kept back until they are whole, when a question is open. */
  void answers() {
    try (client;
        server) {
      var in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
      var answer = new ByteArrayOutputStream();
      try {
        while (true) {
          var message = Message.read(in);
          message.appendTo(answer);
          var open = !asked.isEmpty();
          var ended = message.type == 'Z' ? asked.poll() : null;
          if (ended != null) {
            passes(ended, Moment.AFTER);
          }
          if (message.type == 'Z' || !open) {
            client.getOutputStream().write(answer.toByteArray());
            answer.reset();
          }
        }
      } catch (EOFException _) {
        // last words: FATAL has no ReadyForQuery
        client.getOutputStream().write(answer.toByteArray());
      }
    } catch (IOException _) {
      // one side is gone: the other goes too
    }
  }

  private void passes(int trip, Moment moment) throws IOException {
    if (wire.fate(trip, moment) == Wire.Fate.IS_CUT) {
      client.close();
      server.close();
      throw new EOFException();
    }
  }

  private static final class Message {
    private final int type;
    private final byte[] body;

    private Message(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    static Message read(DataInputStream in) throws IOException {
      var type = in.readUnsignedByte();
      var body = in.readNBytes(in.readInt() - 4);
      return new Message(type, body);
    }

    void appendTo(ByteArrayOutputStream all) throws IOException {
      var out = new DataOutputStream(all);
      out.writeByte(type);
      out.writeInt(body.length + 4);
      out.write(body);
    }

    boolean endsATrip() {
      return type == 'Q' || type == 'S';
    }

    /** Parse, Bind, Describe, Execute and Close wait for their Sync. */
    boolean waits() {
      return "PBDEC".indexOf(type) >= 0;
    }

    /** The SQL of a Query or Parse, in short. */
    String said() {
      var sql = new String(body, UTF_8).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
      return switch (type) {
        case 'Q', 'P' -> sql.length() > MOST ? sql.substring(0, MOST) + "…; " : sql + "; ";
        default -> "";
      };
    }
  }
}
