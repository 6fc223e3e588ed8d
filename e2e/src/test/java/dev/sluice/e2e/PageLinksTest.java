package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PageLinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:)(?<file>[^)#]*)(?:#(?<anchor>[^)]+))?\\)");

  static List<Path> pages() throws IOException {
    try (var root = Files.list(ROOT);
        var docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(p -> p.toString().endsWith(".md")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkOfThePageLeadsSomewhere(Path page) throws IOException {
    for (var link = LINK.matcher(Files.readString(page)); link.find(); ) {
      var file = link.group("file").isEmpty() ? page : page.resolveSibling(link.group("file"));
      assertThat(file).exists();
      if (link.group("anchor") != null) {
        assertThat(anchors(file)).contains(link.group("anchor"));
      }
    }
  }

  private static List<String> anchors(Path page) throws IOException {
    try (var lines = Files.lines(page)) {
      return lines.filter(line -> line.startsWith("#")).map(PageLinksTest::anchor).toList();
    }
  }

  /** As GitHub makes it. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
