package dev.sluice.migrations.postgres.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkUrlHandlersTest {
  private static final Path ARGUMENTS_OF_THE_IMAGE = Path.of("src/main/image/opt/sluice/sluice");

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "jar", "ftp"})
  void javaLooksForItselfWhereItsOwnIsNotExported(String protocol) {
    assertThat(new JdkUrlHandlers().createURLStreamHandler(protocol)).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void cryptographyOpensEveryJarButInTheImage() throws Exception {
    List<String> exports;
    try (var lines = Files.lines(ARGUMENTS_OF_THE_IMAGE)) {
      exports = lines.filter(line -> line.startsWith("--add-exports=")).toList();
    }
    assertThat(openedBy(exports)).hasSizeLessThan(3);
    assertThat(openedBy(List.of())).hasSizeGreaterThan(40);
  }

  private static List<String> openedBy(List<String> arguments) throws Exception {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(arguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jars.class.getName()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  /** Those of the class path that are open once Java's cryptography has begun. */
  static final class Jars {
    private Jars() {}

    static void main() throws Exception {
      URL.setURLStreamHandlerFactory(new JdkUrlHandlers());
      SecretKeyFactory.getInstance(ScramKeys.ALGORITHM);
      try (var open = Files.list(Path.of("/proc/self/fd"))) {
        for (var file : open.toList()) {
          var path = Files.readSymbolicLink(file).toString();
          if (path.endsWith(".jar")) {
            System.out.println(path);
          }
        }
      }
    }
  }
}
