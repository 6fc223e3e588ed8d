package dev.sluice.migrations.plainsql;

import static dev.sluice.migrations.plainsql.TestFolder.migration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.adoption.Verdict;
import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Migration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryComparisonTest {
  private static final Migration ONE = migration("1.sql", "sum:1");
  private static final Migration TWO = migration("2.sql", "sum:2");

  private static Differences differences(Match... matches) {
    return HistoryComparison.of("history", List.of(matches), TestFolder.of(ONE, TWO));
  }

  private static Match match(Migration migration, Verdict verdict) {
    return new Match("a row", migration, verdict);
  }

  @Test
  void nothingDiffersWhereEveryFileHasItsRow() {
    assertThat(differences(match(ONE, Verdict.APPLIED), match(TWO, Verdict.BASELINED)))
        .isEqualTo(new Differences("history", 2, List.of(), List.of(), List.of()));
  }

  @Test
  void namesWhatIsMissingFailedOrAnother() {
    assertThat(differences(match(TWO, Verdict.UNDONE)).missing())
        .containsExactly("db/1.sql", "db/2.sql");
    assertThat(differences(match(ONE, Verdict.FAILED)).failed()).containsExactly("db/1.sql");
    assertThat(differences(match(ONE, Verdict.EDITED), match(TWO, Verdict.CHANGED)).edited())
        .containsExactly("db/1.sql", "db/2.sql");
  }

  @Test
  void aRowOfBeforeDoesNotCount() {
    assertThat(differences(match(ONE, Verdict.APPLIED), match(ONE, Verdict.SUPERSEDED)).missing())
        .containsExactly("db/2.sql");
  }

  @Test
  void aToolThatNeverRanHasNothing() {
    var history = new NoHistory("history");
    var folder = TestFolder.of(ONE, TWO);
    assertThat(history.entry(ONE, OptionalLong.empty())).isEmpty();
    assertThat(history.matches(folder, _ -> Set.of())).isEmpty();
  }
}
