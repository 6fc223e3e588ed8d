import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Libraries that are byte for byte the same in every major version are kept once. */
final class SharedLibraries {
  private SharedLibraries() {}

  static void gather(Path home) throws IOException {
    var majors = children(home);
    var first = majors.getFirst();
    var shared = Files.createDirectory(home.resolve("lib"));
    for (var library : children(first.resolve("lib"))) {
      var name = library.getFileName().toString();
      if (Files.isRegularFile(library) && isSame(library, majors, name)) {
        Files.move(library, shared.resolve(name));
        for (var major : majors.subList(1, majors.size())) {
          Files.delete(major.resolve("lib").resolve(name));
        }
      }
    }
  }

  private static boolean isSame(Path library, List<Path> majors, String name) throws IOException {
    for (var major : majors) {
      var other = major.resolve("lib").resolve(name);
      if (!Files.exists(other) || Files.mismatch(library, other) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (var children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
