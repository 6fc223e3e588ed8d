package dev.sluice.migrations.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavasHandlersTest {
  private static final Path ARGUMENTS_OF_THE_IMAGE = Path.of("src/main/image/opt/sluice/sluice");

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "jar", "ftp"})
  void javaLooksForItselfWhereItsOwnIsNotExported(String protocol) {
    assertThat(new JavasHandlers().createURLStreamHandler(protocol)).isNull();
  }

  @Test
  void theImageHasJavasOwn() throws Exception {
    List<String> exports;
    try (var lines = Files.lines(ARGUMENTS_OF_THE_IMAGE)) {
      exports = lines.filter(line -> line.startsWith("--add-exports=")).toList();
    }
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(exports);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Shown.class.getName()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualToIgnoringNewLines("http: sun.net.www.protocol.http.Handler, https: null");
    assertThat(process.waitFor()).isZero();
  }

  /** What is handed out, in a process of its own. */
  static final class Shown {
    private Shown() {}

    static void main() {
      var handlers = new JavasHandlers();
      var http = handlers.createURLStreamHandler("http");
      System.out.printf(
          "http: %s, https: %s%n",
          http == null ? null : http.getClass().getName(),
          handlers.createURLStreamHandler("https"));
    }
  }
}
