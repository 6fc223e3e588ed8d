package dev.sluice.migrations.postgres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many bytes of a connection were sent again, or probed for, and not acknowledged yet. */
record UnacknowledgedBytes(long bytes) {
  private static final List<Path> TABLES =
      Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6").map(Path::of).toList();

  // columns of these tables; the kernel's Documentation/networking/proc_net_tcp.rst
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;
  private static final int REPEATED = 6;
  private static final int PROBED = 8;

  /** Empty when all is well, and where there are no such tables. */
  static Optional<UnacknowledgedBytes> on(Socket socket) {
    var local = ":%04X".formatted(socket.getLocalPort());
    var address = socket.getInetAddress();
    if (address == null) {
      return Optional.empty();
    }
    var remote = "%s:%04X".formatted(hexadecimal(address), socket.getPort());
    return TABLES.stream()
        .flatMap(UnacknowledgedBytes::lines)
        .map(line -> line.strip().split(" +"))
        .filter(words -> words.length > PROBED)
        .filter(words -> words[LOCAL].endsWith(local) && words[REMOTE].endsWith(remote))
        .flatMap(words -> of(words).stream())
        .findFirst();
  }

  private static Optional<UnacknowledgedBytes> of(String[] words) {
    var bytes = Long.parseLong(words[QUEUES].substring(0, words[QUEUES].indexOf(':')), 16);
    var repeated = Long.parseLong(words[REPEATED], 16);
    var probed = Long.parseLong(words[PROBED]);
    return bytes > 0 && repeated + probed > 0
        ? Optional.of(new UnacknowledgedBytes(bytes))
        : Optional.empty();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  /** Words of 32 bits in the machine's order; one of IPv4 is the last word of one of IPv6. */
  private static String hexadecimal(InetAddress address) {
    var bytes = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
    var text = new StringBuilder();
    IntStream.range(0, bytes.capacity() / Integer.BYTES)
        .forEach(_ -> text.append("%08X".formatted(bytes.getInt())));
    return text.toString();
  }
}
