package dev.sluice.migrations.adoption;

import static dev.sluice.migrations.adoption.AdoptableFolder.drizzle;
import static dev.sluice.migrations.adoption.AdoptableFolder.drizzleV1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.DrizzleHistoryTable.Row;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DrizzleMatchingTest {
  private static final Migration ONE = drizzle("0000_one", "h1", 1_000);
  private static final Migration TWO = drizzle("0001_two", "h2", 2_000);
  private static final Folder FOLDER = AdoptableFolder.drizzle(ONE, TWO);

  private static ListAssert<Tuple> matches(Folder folder, Row... rows) {
    return assertThat(
            DrizzleMatching.of(
                List.of(rows),
                folder,
                m -> m.equals(TWO) ? Set.of("h2", "h2 with other line ends") : Set.of()))
        .extracting(Match::migration, Match::verdict)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Tuple.class));
  }

  private static Row row(String hash, long when) {
    return new Row(hash, when, null);
  }

  @Test
  void goByTheTimeFirst() {
    matches(FOLDER, row("h1", 1_000), row("h2", 2_000))
        .containsExactly(tuple(ONE, Verdict.APPLIED), tuple(TWO, Verdict.APPLIED));
  }

  @Test
  void otherLineEndsAreNoEdit() {
    matches(FOLDER, row("h2 with other line ends", 2_000))
        .containsExactly(tuple(TWO, Verdict.APPLIED));
  }

  @Test
  void anotherTextAtTheSameTimeIsAnEdit() {
    matches(FOLDER, row("h0", 1_000)).containsExactly(tuple(ONE, Verdict.EDITED));
  }

  @Test
  void aTextThatRanAgainAfterItsEditIsApplied() {
    matches(FOLDER, row("h0", 1_000), row("h1", 1_000))
        .containsExactly(tuple(ONE, Verdict.SUPERSEDED), tuple(ONE, Verdict.APPLIED));
  }

  @Test
  void theHashTellsWhereTheTimeDoesNot() {
    matches(FOLDER, row("h2", 77)).containsExactly(tuple(TWO, Verdict.APPLIED));
    matches(FOLDER, row("h3", 77)).containsExactly(tuple(null, Verdict.NO_FILE));
  }

  @Test
  void twoFilesOfOneTimeAreToldApartByTheirText() {
    var twin = drizzle("0002_twin", "h3", 2_000);
    var folder = AdoptableFolder.drizzle(ONE, TWO, twin);
    matches(folder, row("h3", 2_000)).containsExactly(tuple(twin, Verdict.APPLIED));
    matches(folder, row("h9", 2_000)).containsExactly(tuple(null, Verdict.SEVERAL));
  }

  @Test
  void twoFilesOfOneTextAreTwoMigrations() {
    var copy = drizzle("0002_copy", "h1", 3_000);
    matches(AdoptableFolder.drizzle(ONE, TWO, copy), row("h1", 71), row("h1", 72))
        .containsExactly(tuple(ONE, Verdict.APPLIED), tuple(copy, Verdict.APPLIED));
  }

  @Test
  void versionOneGoesByTheName() {
    var folder = drizzleV1(drizzle("20240101000000_one", "h1", 1_704_067_200_000L));
    matches(folder, new Row("h1", 5, "20240101000000_one"))
        .extracting(t -> t.toList().getLast())
        .containsExactly(Verdict.APPLIED);
    matches(folder, new Row("h0", 5, "20240101000000_one"))
        .extracting(t -> t.toList().getLast())
        .containsExactly(Verdict.EDITED);
  }

  @Test
  void rowsThatVersionOneTookOverHaveNoNameAndMoreThanSeconds() {
    var folder = drizzleV1(drizzle("20240101000000_one", "h1", 1_704_067_200_000L));
    matches(folder, row("h1", 1_704_067_200_123L))
        .extracting(t -> t.toList().getLast())
        .containsExactly(Verdict.APPLIED);
  }

  @Test
  void aRowIsNamedByItsTimeAndTheBeginningOfItsHash() {
    var hash = "0123456789abcdef0123456789abcdef";
    assertThat(
            DrizzleMatching.of(List.of(row(hash, 1_700_000_000_000L)), FOLDER, _ -> Set.of())
                .getFirst()
                .row())
        .isEqualTo("2023-11-14T22:13:20Z, hash 0123456789ab…");
  }
}
