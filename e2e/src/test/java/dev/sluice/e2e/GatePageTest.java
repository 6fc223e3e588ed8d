package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class GatePageTest {
  private static final String HEADING = "## What becomes of the application meanwhile\n";

  @Test
  void eachRowOfItsTableIsATestOnTheCluster() throws IOException {
    var page = Files.readString(Path.of("../docs/gate.md"));
    var section = page.substring(page.indexOf(HEADING) + HEADING.length());
    var rows =
        section
            .substring(0, section.indexOf("\n## "))
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|", -1)[1].strip())
            .skip(1);

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(tests(GateE2E.class, OperatorAwayE2E.class));
  }

  private static Iterable<String> tests(Class<?>... classes) {
    return Stream.of(classes)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .flatMap(m -> Stream.ofNullable(m.getAnnotation(DisplayName.class)))
        .map(DisplayName::value)
        .toList();
  }
}
