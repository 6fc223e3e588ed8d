package dev.sluice.migrations.plainsql;

import static dev.sluice.migrations.plainsql.TestFolder.migration;
import static dev.sluice.migrations.plainsql.TestFolder.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FolderDiffTest {
  private static final Migration ONE = migration("1.sql", "sum:1");
  private static final Migration TWO = migration("2.sql", "sum:2");
  private static final Migration VIEWS = repeatable("R.sql", "sum:R");
  private static final Row ROW_ONE = new Row("1.sql", "sum:1");
  private static final Row ROW_TWO = new Row("2.sql", "sum:2");

  private static FolderDiff diff(List<Migration> migrations, Row... rows) {
    return FolderDiff.of(TestFolder.of(migrations.toArray(Migration[]::new)), List.of(rows));
  }

  @Test
  void nothingDiffersWhereAllIsAppliedAsItIs() {
    assertThat(diff(List.of(ONE, TWO), ROW_ONE, ROW_TWO))
        .isEqualTo(
            new FolderDiff(Set.of("1.sql", "2.sql"), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void whatHasNoRowIsPendingInTheOrderOfTheFolder() {
    assertThat(diff(List.of(TWO, ONE)).pending()).containsExactly(TWO, ONE);
    assertThat(diff(List.of(ONE, TWO), ROW_ONE).pending()).containsExactly(TWO);
  }

  @Test
  void anotherChecksumIsAChange() {
    var diff = diff(List.of(ONE, TWO), new Row("1.sql", "sum:0"), ROW_TWO);
    assertThat(diff.changed()).containsExactly(ONE);
    assertThat(diff.pending()).isEmpty();
  }

  @Test
  void aRepeatableOneThatChangedIsPendingAgain() {
    var diff = diff(List.of(ONE, VIEWS), ROW_ONE, new Row("R.sql", "sum:0"));
    assertThat(diff.pending()).containsExactly(VIEWS);
    assertThat(diff.changed()).isEmpty();
  }

  @Test
  void aRepeatableOneThatIsAsItWasIsNotPending() {
    assertThat(diff(List.of(ONE, VIEWS), ROW_ONE, new Row("R.sql", "sum:R")).pending()).isEmpty();
  }

  @Test
  void aRowThatLiquibaseMadeFitsAnyContent() {
    var diff = diff(List.of(ONE), new Row("1.sql", null));
    assertThat(diff.pending()).isEmpty();
    assertThat(diff.changed()).isEmpty();
  }

  @Test
  void aRowBeforeOneThatIsStillThereIsOfAFileThatIsGone() {
    var diff = diff(List.of(TWO), ROW_ONE, ROW_TWO);
    assertThat(diff.gone()).containsExactly("1.sql");
    assertThat(diff.beyond()).isEmpty();
  }

  @Test
  void aRowAfterAllOthersIsBeyondTheFolder() {
    var diff = diff(List.of(ONE), ROW_ONE, ROW_TWO);
    assertThat(diff.gone()).isEmpty();
    assertThat(diff.beyond()).containsExactly("2.sql");
  }

  @Test
  void rowsInBetweenAreGoneAndOnlyTheLastOnesBeyond() {
    var diff =
        diff(
            List.of(ONE, TWO),
            ROW_ONE,
            new Row("x.sql", "sum:x"),
            ROW_TWO,
            new Row("y.sql", "sum:y"));
    assertThat(diff.gone()).containsExactly("x.sql");
    assertThat(diff.beyond()).containsExactly("y.sql");
  }

  @Test
  void rowsOfAnotherChangelogAreNeitherGoneNorBeyond() {
    var diff = diff(List.of(ONE), new Row("x.sql", null), ROW_ONE, new Row("y.sql", null));
    assertThat(diff.gone()).isEmpty();
    assertThat(diff.beyond()).isEmpty();
  }
}
