package dev.sluice.migrations.adoption;

import static dev.sluice.migrations.adoption.AdoptableFolder.flyway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FlywayHistoryTable.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlywayMatchingTest {
  private static final Migration ONE = flyway("1", "one", 11);
  private static final Migration TWO = flyway("2.1", "two", 22);
  private static final Migration VIEWS = flyway(null, "views", 33);
  private static final Folder FOLDER = AdoptableFolder.flyway(ONE, TWO, VIEWS);

  private static Entry row(@Nullable String version, String description, Integer checksum) {
    return row("SQL", version, description, checksum, true);
  }

  private static Entry row(
      String type,
      @Nullable String version,
      String description,
      @Nullable Integer checksum,
      boolean success) {
    return new Entry(type, version, description, "a script", checksum, success);
  }

  private static List<Match> matches(Entry... rows) {
    return FlywayMatching.of(List.of(rows), FOLDER);
  }

  private static List<Verdict> verdicts(Entry... rows) {
    return matches(rows).stream().map(Match::verdict).toList();
  }

  @Test
  void goByVersionAndChecksum() {
    assertThat(matches(row("1", "one", 11), row("2.1", "two", 22)))
        .extracting(Match::migration, Match::verdict)
        .containsExactly(tuple(ONE, Verdict.APPLIED), tuple(TWO, Verdict.APPLIED));
    assertThat(verdicts(row("2.1", "two", 23))).containsExactly(Verdict.EDITED);
  }

  @Test
  void aVersionIsANumberInEachPart() {
    assertThat(matches(row("02.01.0", "two", 22)))
        .extracting(Match::migration)
        .containsExactly(TWO);
  }

  @Test
  void aRowWithoutChecksumIsAsTheFileIs() {
    assertThat(verdicts(row("JDBC", "1", "one", null, true))).containsExactly(Verdict.APPLIED);
  }

  @Test
  void aRowWithoutFileIsNamedWithItsType() {
    var match = matches(row("JDBC", "7", "seven", null, true)).getFirst();
    assertThat(match.verdict()).isEqualTo(Verdict.NO_FILE);
    assertThat(match.row()).isEqualTo("V7, JDBC a script");
  }

  @Test
  void theLastRowOfARepeatableOneCounts() {
    assertThat(verdicts(row(null, "views", 31), row(null, "views", 33)))
        .containsExactly(Verdict.SUPERSEDED, Verdict.APPLIED);
    assertThat(verdicts(row(null, "views", 33), row(null, "views", 31)))
        .containsExactly(Verdict.SUPERSEDED, Verdict.CHANGED);
  }

  @Test
  void aFailedRowIsADoubtUnlessALaterOneSucceeded() {
    assertThat(verdicts(row("SQL", "1", "one", 11, false))).containsExactly(Verdict.FAILED);
    assertThat(verdicts(row("SQL", "1", "one", 11, false), row("1", "one", 11)))
        .containsExactly(Verdict.SUPERSEDED, Verdict.APPLIED);
  }

  @Test
  void whatWasDeletedOrUndoneIsPendingAgain() {
    assertThat(verdicts(row("1", "one", 11), row("DELETE", "1", "one", null, true)))
        .containsExactly(Verdict.SUPERSEDED, Verdict.UNDONE);
    assertThat(verdicts(row("1", "one", 11), row("UNDO_SQL", "1", "one", 5, true)))
        .containsExactly(Verdict.SUPERSEDED, Verdict.UNDONE);
  }

  @Test
  void aBaselineStandsForAllVersionsUpToIt() {
    assertThat(matches(row("BASELINE", "2", "<< Flyway Baseline >>", null, true)))
        .extracting(Match::migration, Match::verdict)
        .containsExactly(tuple(ONE, Verdict.BASELINED));
    assertThat(matches(row("SQL_BASELINE", "2.1", "all", 5, true)))
        .extracting(Match::migration)
        .containsExactly(ONE, TWO);
  }
}
