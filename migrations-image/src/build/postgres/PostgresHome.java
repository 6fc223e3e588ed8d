import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Makes the PostgreSQL servers that rehearsals run on: {@code HOME SOURCES NOTICE JAR...}, where
 * the jars are zonky's binaries, one for each major version.
 *
 * <pre>
 * HOME/lib/              libraries that are the same in all majors; the server's LD_LIBRARY_PATH
 * HOME/18/bin/postgres   the server alone: initdb has done its work when this program ends
 * HOME/18/lib, share     where the server finds them, relative to its binary
 * HOME/18/data/          an initialised data directory with the database template1 alone
 * </pre>
 *
 * Nothing is done when {@code HOME.stamp} says that HOME was made of the same.
 */
final class PostgresHome {
  /** Each keeps a processor busy, and a build has two at least. */
  private static final int AT_ONCE = 2;

  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]).toAbsolutePath();
    var sources = Path.of(arguments[1]);
    var notice = Path.of(arguments[2]);
    var jars = Stream.of(arguments).skip(3).map(Path::of).toList();
    // two builds of one folder may run at a time: the second finds what the first has made
    try (var lock = FileChannel.open(beside(home, ".lock"), CREATE, WRITE)) {
      lock.lock();
      makeUnlessThere(home, sources, notice, jars);
    }
  }

  private static void makeUnlessThere(Path home, Path sources, Path notice, List<Path> jars)
      throws Exception {
    var stamp = Stamp.of(sources, notice, jars);
    var stampFile = beside(home, ".stamp");
    if (Files.isDirectory(home)
        && Files.exists(stampFile)
        && Files.readString(stampFile).equals(stamp)) {
      return;
    }
    Files.deleteIfExists(stampFile);
    make(home, sources, notice, jars);
    Files.writeString(stampFile, stamp);
  }

  private static Path beside(Path home, String suffix) {
    return home.resolveSibling(home.getFileName() + suffix);
  }

  private static void make(Path home, Path sources, Path notice, List<Path> jars) throws Exception {
    var made = beside(home, ".new");
    Tree.delete(made);
    // not below the build folder: initdb runs as another user, who may not be let in there
    var work = Tree.temporary();
    try {
      var majors = jars.stream().map(jar -> Major.of(jar, work)).toList();
      initialise(majors, sources.resolve("stubs"));
      for (var major : majors) {
        Tree.copy(major.folder(), made.resolve(major.name()));
      }
    } finally {
      Tree.delete(work);
    }
    SharedLibraries.gather(made);
    Files.copy(notice, made.resolve("NOTICE"));
    Tree.delete(home);
    Files.move(made, home);
  }

  private static void initialise(List<Major> majors, Path stubs) throws Exception {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var tasks = new ArrayList<Callable<Void>>();
      for (var major : majors) {
        tasks.add(() -> {
          major.make(stubs);
          return null;
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }
}
