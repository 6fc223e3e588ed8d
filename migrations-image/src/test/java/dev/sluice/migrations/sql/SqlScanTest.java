package dev.sluice.migrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SqlScanTest {
  private static final List<String> PARTS =
      List.of(
          " ",
          "\n",
          "a",
          "1",
          "e",
          "E",
          "$",
          "a$b",
          "1$x$",
          "$x$ ; $x$",
          "$1",
          "$$",
          "';'",
          "'it''s;'",
          "E'\\'';'",
          "e'\\'",
          "1e'\\'",
          "ae'\\'",
          "x'1'",
          "\"a;\"\"\"",
          "-- ;\n",
          "-",
          "/",
          "/* ; /* */ */",
          "(",
          ")",
          ";",
          "é",
          "é$x$",
          "\\",
          "\\x",
          ",",
          "'a'\n'b;'");

  /** Words of a CREATE are all kept, those of an INSERT passed over. */
  @Test
  void whatIsPassedOverEndsWhereItIsReadWordByWord() {
    var random = new Random(7);
    for (var time = 0; time < 200_000; time++) {
      var text =
          Stream.generate(() -> PARTS.get(random.nextInt(PARTS.size())))
              .limit(1 + random.nextInt(9))
              .collect(Collectors.joining());
      assertThat(places("INSERT " + text)).as(text).isEqualTo(places("CREATE " + text));
    }
  }

  private static String places(String text) {
    var scan = SqlScan.of(text, SourcePosition.startOf("f"));
    return scan.statements().stream()
        .map(s -> s.from() + "-" + s.to())
        .collect(Collectors.joining(" ", "", " " + scan.isOpen() + " " + scan.metaCommand()));
  }
}
