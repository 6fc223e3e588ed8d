import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The write-ahead log of a server that isn't running, in segments of 1 MB. */
final class WalSegments {
  private static final int NAME_LENGTH = 24;

  /** Of a page's header, after magic number, flags and timeline. */
  private static final int PAGE_ADDRESS = 8;

  private WalSegments() {}

  /**
   * Deletes those kept for later. Such a file has the name of a segment to come and the content of
   * an old one, which its first page's address tells.
   */
  static void deleteUnused(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        if (name.length() == NAME_LENGTH && pageAddress(file) != address(name)) {
          Files.delete(file);
        }
      }
    }
  }

  private static long address(String name) {
    var high = Long.parseLong(name.substring(8, 16), 16);
    var segment = Long.parseLong(name.substring(16), 16);
    return (high << 32) + (segment << 20);
  }

  private static long pageAddress(Path file) throws IOException {
    var header = ByteBuffer.allocate(PAGE_ADDRESS + Long.BYTES).order(ByteOrder.nativeOrder());
    try (var content = FileChannel.open(file)) {
      while (header.hasRemaining() && content.read(header) >= 0) {}
    }
    return header.getLong(PAGE_ADDRESS);
  }
}
