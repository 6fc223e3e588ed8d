package dev.sluice.migrations.plainsql;

import static dev.sluice.migrations.plainsql.TestFolder.migration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.folder.Migration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolHistoryTest {
  private static final Migration ONE = migration("db/1.sql", "sum:1");
  private static final Migration TWO = migration("db/2.sql", "sum:2");

  private static Optional<String> claim(int rows, Set<Migration> known, boolean ledgerIsEmpty) {
    return ToolHistory.claim("history", rows, List.of(ONE, TWO), known::contains, ledgerIsEmpty);
  }

  @Test
  void anEmptyHistoryClaimsNothing() {
    assertThat(claim(0, Set.of(), true)).isEmpty();
  }

  @Test
  void rowsOfOtherFilesClaimTheDatabaseOnlyWhileTheLedgerIsEmpty() {
    assertThat(claim(3, Set.of(), true))
        .contains("history holds 3 rows, and the ledger none of this folder");
    assertThat(claim(3, Set.of(), false)).isEmpty();
  }

  @Test
  void whatIsPendingHereAndAppliedThereIsClaimed() {
    assertThat(claim(3, Set.of(TWO), false))
        .contains("history says that db/2.sql is applied, and the ledger lacks it");
    assertThat(claim(3, Set.of(ONE, TWO), true))
        .contains("history says that db/1.sql is applied, and 1 more, and the ledger lacks it");
  }

  @Test
  void aToolThatNeverRanClaimsNothingAndHasNothing() {
    var history = new NoHistory("history");
    assertThat(history.claim(List.of(ONE), true)).isEmpty();
    assertThat(history.entry(ONE, OptionalLong.empty())).isEmpty();
    var differences = history.differences(TestFolder.of(ONE, TWO));
    assertThat(differences.table()).isEqualTo("history");
    assertThat(differences.total()).isEqualTo(2);
    assertThat(differences.missing()).containsExactly("db/1.sql", "db/2.sql");
  }
}
