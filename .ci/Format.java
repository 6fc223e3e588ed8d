import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code check|fix FOLDER...}: google-java-format over every Java file below the folders. */
final class Format {
  public static void main(String[] args) throws Exception {
    var fix = args[0].equals("fix");
    var options = fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed");
    var files = Stream.of(args).skip(1).map(Path::of).flatMap(Format::javaFiles);
    var arguments = Stream.concat(options.stream(), files).toArray(String[]::new);
    var out = new PrintWriter(System.out);
    var errors = new PrintWriter(System.err);
    var exit = new Main(out, errors, System.in).format(arguments);
    out.flush();
    errors.flush();
    if (exit != 0) {
      System.err.println(
          "not formatted: the files above; mend with: mvn -N process-sources -Dformat=fix");
    }
    System.exit(exit);
  }

  private static Stream<String> javaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (var walk = Files.walk(folder)) {
      return walk.map(Path::toString).filter(f -> f.endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
