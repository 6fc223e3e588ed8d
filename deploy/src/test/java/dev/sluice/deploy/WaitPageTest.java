package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.wait.WaitMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/wait.md shows what is tried. */
final class WaitPageTest {
  private static final Path CHART = Path.of("src/test/charts/shop");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/wait.md"));
  }

  @Test
  void showsTheKustomizationOfTheExample() throws IOException {
    var example = Files.readString(Folders.EXAMPLES.resolve("wait/kustomization.yaml"));
    assertThat(page()).contains(example.substring(example.indexOf('\n') + 1));
  }

  @Test
  void showsTheAnnotationOfTheExample() throws IOException {
    var example = Files.readString(Folders.EXAMPLES.resolve("wait/application.yaml"));
    assertThat(page())
        .contains(
            example.substring(
                example.indexOf("  template:"), example.indexOf("      containers:")));
  }

  @Test
  void showsTheLinesOfTheChartThatIsReleased() throws IOException {
    var chart = Files.readString(CHART.resolve("Chart.yaml"));
    var templates = Files.readString(CHART.resolve("templates/application.yaml"));
    assertThat(page())
        .contains(chart.substring(chart.indexOf("dependencies:")))
        .contains(
            templates.substring(
                templates.indexOf("      serviceAccountName:"),
                templates.indexOf("      terminationGrace")))
        .contains(templates.substring(templates.lastIndexOf("{{ include")));
  }

  @Test
  void listsEveryExitCodeThatTheProgramTellsOf() throws IOException {
    var out = new ByteArrayOutputStream();
    WaitMain.run(List.of("--help"), Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
    var help = out.toString(StandardCharsets.UTF_8);
    var codes =
        Pattern.compile("\\b\\d+\\b")
            .matcher(help.substring(help.indexOf("Exit codes:")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(codes)
        .hasSize(5)
        .allSatisfy(code -> assertThat(page()).contains("\n| " + code + " |"));
  }
}
