package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageLinksTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern LINK =
      Pattern.compile("]\\((?<file>[^)#]+)(?:#(?<anchor>[^)]+))?\\)");

  @ParameterizedTest
  @ValueSource(strings = {"kubectl.md", "helm.md", "flux.md"})
  void everyLinkOfThePageLeadsSomewhere(String page) throws IOException {
    for (var link = LINK.matcher(Files.readString(DOCS.resolve(page))); link.find(); ) {
      var file = DOCS.resolve(link.group("file"));
      assertThat(file).exists();
      if (link.group("anchor") != null) {
        assertThat(
                Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("#"))
                    .map(PageLinksTest::anchor))
            .contains(link.group("anchor"));
      }
    }
  }

  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replace("`", "")
        .replace(' ', '-');
  }
}
