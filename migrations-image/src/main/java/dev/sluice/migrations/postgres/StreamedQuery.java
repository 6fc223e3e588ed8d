package dev.sluice.migrations.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;

/**
 * Sends a text that is too large to be held. pgjdbc takes a query as one string, and encodes it
 * into one array; so its stream is written to beside it.
 *
 * <ol>
 *   <li>the message is written, from the text's own stream
 *   <li>pgjdbc sends an empty query, and reads the answers, which are those of the message
 *   <li>the answer to the empty query is read and dropped
 * </ol>
 */
final class StreamedQuery {
  private static final VarHandle STREAM = stream();
  private static final int BUFFER = 1 << 16;

  private StreamedQuery() {}

  private static VarHandle stream() {
    try {
      return MethodHandles.privateLookupIn(QueryExecutorBase.class, MethodHandles.lookup())
          .findVarHandle(QueryExecutorBase.class, "pgStream", PGStream.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another pgjdbc than this was written for", e);
    }
  }

  /** What pgjdbc does for a query of its own. */
  @FunctionalInterface
  interface Answers {
    MessageAnswer toAnEmptyQuery() throws SQLException;
  }

  static MessageAnswer answer(QueryExecutor executor, InputStream text, int size, Answers answers)
      throws SQLException {
    var stream = (PGStream) STREAM.get(executor);
    try {
      write(stream, text, size);
      var answer = answers.toAnEmptyQuery();
      if (executor.isClosed()) {
        return answer;
      }
      drop(stream);
      return answer;
    } catch (IOException e) {
      executor.abort();
      throw new SQLException("the connection broke off: " + e.getMessage(), "08006", e);
    }
  }

  private static void write(PGStream stream, InputStream text, int size) throws IOException {
    stream.sendChar('Q');
    stream.sendInteger4(4 + size + 1);
    var buffer = new byte[BUFFER];
    var left = size;
    while (left > 0) {
      var read = text.read(buffer, 0, Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("the file has become shorter");
      }
      stream.send(buffer, 0, read);
      left -= read;
    }
    stream.sendChar(0);
  }

  /** Up to the server's being ready again. */
  private static void drop(PGStream stream) throws IOException {
    int type;
    do {
      type = stream.receiveChar();
      stream.skip(stream.receiveInteger4() - 4);
    } while (type != 'Z');
  }
}
