import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What the folder is made of: this program, the notice, and the jars by their names. */
final class Stamp {
  private Stamp() {}

  static String of(Path sources, Path notice, List<Path> jars) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(sources)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(file.getFileName()).append(' ').append(hash(file)).append('\n');
      }
    }
    text.append("NOTICE ").append(hash(notice)).append('\n');
    // version and architecture are in the name, and a release never changes
    jars.forEach(jar -> text.append(jar.getFileName()).append('\n'));
    return text.toString();
  }

  private static String hash(Path file) throws IOException {
    try {
      // a checkout with other line ends is the same program
      var content = Files.readString(file).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
