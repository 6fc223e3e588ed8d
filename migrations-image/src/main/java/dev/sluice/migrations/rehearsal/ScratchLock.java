package dev.sluice.migrations.rehearsal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that somebody uses a folder, for as long as his program lives. A process id wouldn't say it
 * to another container that shares the disk.
 */
final class ScratchLock implements AutoCloseable {
  private static final String FILE = "in-use";

  /** Closing any file that is open on a lock of this program's would release it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ScratchLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static ScratchLock on(Path folder) throws IOException {
    var file = folder.toRealPath().resolve(FILE);
    OWN.add(file);
    var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    return new ScratchLock(file, channel);
  }

  /** Of those folders the ones that nobody uses any more. */
  static List<Path> left(List<Path> folders) {
    return folders.stream().filter(ScratchLock::isLeft).toList();
  }

  private static boolean isLeft(Path folder) {
    try {
      var file = folder.toRealPath(LinkOption.NOFOLLOW_LINKS).resolve(FILE);
      if (OWN.contains(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
          var lock = channel.tryLock()) {
        return lock != null;
      }
    } catch (IOException _) {
      return false; // another's, or gone meanwhile
    }
  }

  /** The folder stays, and is nobody's. */
  void leave() throws IOException {
    Files.deleteIfExists(file);
    close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OWN.remove(file);
  }
}
