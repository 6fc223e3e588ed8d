package dev.sluice.migrations.adoption;

import static dev.sluice.migrations.adoption.AdoptableFolder.drizzle;
import static dev.sluice.migrations.adoption.AdoptableFolder.flyway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdoptionTest {
  private static final FolderPolicy LENIENT = new FolderPolicy(false, true, true, true);
  private static final Migration ONE = drizzle("0000_one", "h1", 1);
  private static final Migration TWO = drizzle("0001_two", "h2", 2);
  private static final Migration THREE = drizzle("0002_three", "h3", 3);
  private static final Folder FOLDER = AdoptableFolder.drizzle(ONE, TWO, THREE);
  private static final Match NO_FILE = new Match("a row", null, Verdict.NO_FILE);

  private static Match match(Migration migration, Verdict verdict) {
    return new Match("row of " + migration.name(), migration, verdict);
  }

  private static Adoption adoption(List<Match> matches, FolderPolicy policy, Migration... ledger) {
    var files = Stream.of(ledger).map(Migration::file).collect(Collectors.toSet());
    return Adoption.of("history", matches, FOLDER, files, policy);
  }

  private static Adoption adoption(List<Match> matches, Migration... ledger) {
    return adoption(matches, FolderPolicy.STRICT, ledger);
  }

  @Test
  void takesWhatTheHistoryHasAndTheLedgerLacks() {
    var adoption = adoption(List.of(match(ONE, Verdict.APPLIED), match(TWO, Verdict.APPLIED)), ONE);
    assertThat(adoption.taken()).containsExactly(TWO);
    assertThat(adoption.pending()).containsExactly(THREE);
    assertThat(adoption.doubts()).isEmpty();
  }

  @Test
  void takesAMigrationOnceThoughItHasTwoRows() {
    assertThat(
            adoption(List.of(match(ONE, Verdict.BASELINED), match(ONE, Verdict.APPLIED))).taken())
        .containsExactly(ONE);
  }

  @Test
  void anEditIsADoubtUnlessThatIsAllowed() {
    var edited = List.of(match(ONE, Verdict.EDITED));
    assertThat(adoption(edited).doubts()).hasSize(1);
    assertThat(adoption(edited).taken()).isEmpty();
    assertThat(adoption(edited, LENIENT).doubts()).isEmpty();
    assertThat(adoption(edited, LENIENT).taken()).containsExactly(ONE);
  }

  @Test
  void aRowWithoutFileIsADoubtUnlessThatIsAllowed() {
    var rows = List.of(NO_FILE, match(ONE, Verdict.APPLIED));
    assertThat(adoption(rows).doubts()).containsExactly(NO_FILE);
    assertThat(adoption(rows, LENIENT).doubts()).isEmpty();
  }

  @Test
  void aFailureIsADoubtWhateverIsAllowed() {
    assertThat(adoption(List.of(match(ONE, Verdict.FAILED)), LENIENT).doubts()).hasSize(1);
  }

  @Test
  void rowsAfterAllThatTheFolderHasAreAheadWhileNothingIsPending() {
    var all = List.of(match(ONE, Verdict.APPLIED), match(TWO, Verdict.APPLIED));
    var folder = AdoptableFolder.drizzle(ONE, TWO);
    var ahead = Stream.concat(all.stream(), Stream.of(NO_FILE)).toList();
    var adoption = Adoption.of("history", ahead, folder, Set.of(), FolderPolicy.STRICT);
    assertThat(adoption.doubts()).isEmpty();
    assertThat(adoption.ahead()).containsExactly(NO_FILE);
    assertThat(adoption(ahead).doubts()).as("0002_three is pending").containsExactly(NO_FILE);
  }

  @Test
  void whatWasSettledIsNotAskedAgain() {
    var rows = List.of(NO_FILE, match(ONE, Verdict.EDITED), match(TWO, Verdict.APPLIED));
    assertThat(adoption(rows, ONE, TWO).doubts()).isEmpty();
    assertThat(adoption(List.of(match(TWO, Verdict.APPLIED), NO_FILE), ONE, TWO).doubts())
        .as("a row that came later")
        .containsExactly(NO_FILE);
  }

  @Test
  void showsTheWholeTableAndWhatSettlesEachDoubt() {
    var rows = List.of(match(ONE, Verdict.EDITED), NO_FILE, match(TWO, Verdict.APPLIED));
    assertThat(adoption(rows).lines())
        .containsExactly(
            "row of 0000_one | 0000_one | ? edited since",
            "a row | - | ? no file",
            "row of 0001_two | 0001_two | applied",
            "- | 0000_one | pending",
            "- | 0002_three | pending",
            "edited since: " + Verdict.EDITED.remedy(),
            "no file: " + Verdict.NO_FILE.remedy());
  }

  @Test
  void aBaselineNamesAMigrationInAnyOfItsWays() {
    for (var name : List.of("drizzle/0001_two.sql", "0001_two.sql", "0001_two")) {
      assertThat(new Baseline(FOLDER, name).migrations()).contains(List.of(ONE, TWO));
    }
    assertThat(new Baseline(FOLDER, "0001").migrations()).isEmpty();
    assertThat(new Baseline(FOLDER, "0001").lastNames())
        .isEqualTo("0000_one, 0001_two, 0002_three");
  }

  @Test
  void aBaselineOfFlywayIsAVersionAndHasNothingRepeatable() {
    var one = flyway("1", "one", 1);
    var two = flyway("2.0", "two", 2);
    var folder = AdoptableFolder.flyway(one, two, flyway("3", "x", 3), flyway(null, "views", 4));
    for (var name : List.of("2", "V2", "2.0", "V2.0__two.sql", "db/V2.0__two.sql")) {
      assertThat(new Baseline(folder, name).migrations()).contains(List.of(one, two));
    }
    assertThat(new Baseline(folder, "R__views.sql").migrations()).isEmpty();
  }
}
