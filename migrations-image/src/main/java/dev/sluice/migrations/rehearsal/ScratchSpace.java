package dev.sluice.migrations.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A folder for one server, which nobody else may look into. */
final class ScratchSpace {
  /** The name of a socket has at most 107 bytes. */
  private static final int LONGEST = 107 - "/sluice-1234567890123456789/.s.PGSQL.5432".length();

  private static final Path SHORT = Path.of("/tmp");
  private static final String PREFIX = "sluice-";
  private static final String PRIVATE = "rwx------";
  private static final int ATTEMPTS = 50;
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Whose the folder becomes when this program is root, which PostgreSQL refuses to be. */
  private static final int NOBODY = 65_534;

  /** By the signal that lets PostgreSQL wait for no client. */
  private static final String ENDS_WITH_US = "--pdeathsig=QUIT";

  private final Path folder;
  private final ScratchLock lock;

  private ScratchSpace(Path folder, ScratchLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  Path folder() {
    return folder;
  }

  static ScratchSpace in(Path parent) throws CannotRehearseException {
    var absolute = parent.toAbsolutePath();
    var place = absolute.toString().length() <= LONGEST ? absolute : SHORT;
    var wanted = made(place);
    try {
      if (wanted.isRoots() && !othersMayPass(place)) {
        wanted.delete();
        return made(SHORT);
      }
      return wanted;
    } catch (IOException e) {
      wanted.delete();
      throw CannotRehearseException.forGood("scratch space can't be used: " + e.getMessage());
    }
  }

  private static ScratchSpace made(Path place) throws CannotRehearseException {
    sweep(place);
    try {
      var folder =
          Files.createTempDirectory(
              place,
              PREFIX,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
      return new ScratchSpace(folder, ScratchLock.on(folder));
    } catch (IOException e) {
      throw CannotRehearseException.forGood(
          "there is no scratch space: nothing can be made in %s: %s"
              .formatted(place, e.getClass().getSimpleName()));
    }
  }

  /** What programs left that were killed; their servers have ended with them. */
  private static void sweep(Path place) {
    try (var entries = Files.newDirectoryStream(place, PREFIX + "*")) {
      ScratchLock.left(StreamSupport.stream(entries.spliterator(), false).toList())
          .forEach(ScratchSpace::delete);
    } catch (IOException | DirectoryIteratorException _) {
      // nothing can be made there either, and that is told
    }
  }

  private boolean isRoots() throws IOException {
    return Files.getAttribute(folder, "unix:uid").equals(0);
  }

  /** The user that root starts PostgreSQL as has to reach its folder. */
  private static boolean othersMayPass(Path folder) throws IOException {
    for (@Nullable Path at = folder; at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /** Copies a tree, as the user that this program runs as. */
  void copied(Path from, String name) throws IOException {
    var to = folder.resolve(name);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(
                to.resolve(from.relativize(entry).toString()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes)
              throws IOException {
            var copy = to.resolve(from.relativize(entry).toString());
            Files.copy(entry, copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * How a program is started there: by root as nobody, whose all of it becomes, and so that it ends
   * with this program, however that ends, unless it {@code stays}.
   */
  List<String> launcher(boolean stays) throws IOException, CannotRehearseException {
    var setpriv =
        Stream.of("/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/setpriv")
            .filter(program -> Files.isExecutable(Path.of(program)))
            .findFirst();
    if (!isRoots()) {
      return stays || setpriv.isEmpty() ? List.of() : List.of(setpriv.get(), ENDS_WITH_US);
    }
    if (setpriv.isEmpty()) {
      throw CannotRehearseException.forGood(
          "PostgreSQL refuses to run as root, and there is no setpriv to run it as"
              + " another user: install util-linux, or run this as another user");
    }
    try (var all = Files.walk(folder)) {
      for (var entry : all.toList()) {
        Files.setAttribute(entry, "unix:uid", NOBODY);
        Files.setAttribute(entry, "unix:gid", NOBODY);
      }
    }
    var asNobody =
        List.of(setpriv.get(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    return stays ? asNobody : Stream.concat(asNobody.stream(), Stream.of(ENDS_WITH_US)).toList();
  }

  /** It stays when this program ends. */
  void leave() {
    try {
      lock.leave();
    } catch (IOException _) {
      // then the next rehearsal takes it for left behind once this program has ended
    }
  }

  void delete() {
    delete(folder);
    try {
      lock.close();
    } catch (IOException _) {
      // it goes with this program
    }
  }

  /** A server that is at its end may still make and delete files of its own. */
  private static void delete(Path folder) {
    for (var attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
      try (var all = Files.walk(folder)) {
        for (var entry : all.toList().reversed()) {
          Files.deleteIfExists(entry);
        }
      } catch (IOException | UncheckedIOException _) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
