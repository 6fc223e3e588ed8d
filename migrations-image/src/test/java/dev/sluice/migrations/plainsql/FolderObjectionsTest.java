package dev.sluice.migrations.plainsql;

import static dev.sluice.migrations.engine.FolderPolicy.STRICT;
import static dev.sluice.migrations.plainsql.TestFolder.migration;
import static dev.sluice.migrations.plainsql.TestFolder.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FolderObjectionsTest {
  private static final Migration ONE = migration("1.sql", "sum:1");
  private static final Migration TWO = migration("2.sql", "sum:2");
  private static final Migration THREE = migration("3.sql", "sum:3");
  private static final Migration VIEWS = repeatable("R.sql", "sum:R");
  private static final Folder FOLDER = TestFolder.of(ONE, TWO, THREE, VIEWS);

  private static final FolderPolicy ANY_ORDER = new FolderPolicy(true, false, false, true);

  private static Row row(Migration migration) {
    return new Row(migration.file(), migration.checksum());
  }

  private static Row edited(Migration migration) {
    return new Row(migration.file(), "sum:0");
  }

  private static Optional<Failure> objection(Folder folder, Row... rows) {
    return new FolderObjections(folder, FolderDiff.of(folder, List.of(rows)), STRICT).inTheLedger();
  }

  @Test
  void nothingIsWrongWithAnEmptyLedgerOrOneThatGoesAsFar() {
    assertThat(objection(FOLDER)).isEmpty();
    assertThat(objection(FOLDER, row(ONE), row(TWO))).isEmpty();
    assertThat(objection(FOLDER, row(ONE), row(TWO), row(THREE), row(VIEWS))).isEmpty();
  }

  @Test
  void namesAFileThatWasEdited() {
    assertThat(objection(FOLDER, row(ONE), edited(TWO)))
        .contains(
            Failure.of(Reason.CHECKSUM_MISMATCH, "2 was edited after it was applied")
                .in("2", "db/2.sql")
                .hint("put it back as it was, and make the change in a new migration"));
  }

  @Test
  void countsTheOthersThatWereEdited() {
    assertThat(objection(FOLDER, edited(ONE), edited(TWO), edited(THREE)).orElseThrow().message())
        .isEqualTo("1 was edited after it was applied, and 2 more");
  }

  @Test
  void anEditIsNamedBeforeAFileThatIsGone() {
    var gone = new Row("0.sql", "sum:0");
    assertThat(objection(FOLDER, gone, edited(ONE)).orElseThrow().reason())
        .isEqualTo(Reason.CHECKSUM_MISMATCH);
  }

  @Test
  void namesAFileThatIsGone() {
    var objection = objection(FOLDER, new Row("0.sql", "sum:0"), row(ONE)).orElseThrow();
    assertThat(objection.reason()).isEqualTo(Reason.MIGRATION_MISSING);
    assertThat(objection.file()).isEqualTo("db/0.sql");
    assertThat(objection.message())
        .isEqualTo("0 is applied, but isn't among the folder's migrations");
  }

  @Test
  void aStepBackIsNoObjection() {
    assertThat(objection(TestFolder.of(ONE), row(ONE), row(TWO))).isEmpty();
  }

  @Test
  void aStepBackTogetherWithSomethingNewIs() {
    var objection = objection(TestFolder.of(ONE, THREE), row(ONE), row(TWO)).orElseThrow();
    assertThat(objection.reason()).isEqualTo(Reason.MIGRATION_MISSING);
    assertThat(objection.file()).isEqualTo("db/2.sql");
  }

  @Test
  void namesTheFirstOfThoseThatComeTooLateAndTheOneBeforeWhichItStands() {
    var objection = objection(FOLDER, row(THREE)).orElseThrow();
    assertThat(objection.reason()).isEqualTo(Reason.OUT_OF_ORDER);
    assertThat(objection.exit()).isEqualTo(Exit.REFUSED);
    assertThat(objection.message()).isEqualTo("1 isn't applied, but comes before 3, which is");
  }

  @Test
  void anyOrderWillDoWhereThatIsAllowed() {
    var diff = FolderDiff.of(FOLDER, List.of(row(THREE)));
    assertThat(new FolderObjections(FOLDER, diff, ANY_ORDER).inTheLedger()).isEmpty();
  }

  @Test
  void anEditIsNotAllowedWithTheOrder() {
    var diff = FolderDiff.of(FOLDER, List.of(edited(THREE)));
    assertThat(new FolderObjections(FOLDER, diff, ANY_ORDER).inTheLedger().orElseThrow().reason())
        .isEqualTo(Reason.CHECKSUM_MISMATCH);
  }

  @Test
  void repeatableOnesHaveNoOrder() {
    assertThat(objection(FOLDER, row(ONE), row(TWO), row(VIEWS))).isEmpty();
    assertThat(objection(TestFolder.of(VIEWS, ONE), row(ONE))).isEmpty();
  }

  @Test
  void aFileMayBeGoneWhereThatIsAllowed() {
    var diff = FolderDiff.of(FOLDER, List.of(new Row("0.sql", "sum:0"), row(ONE)));
    var allowed = new FolderPolicy(false, true, false, true);
    assertThat(new FolderObjections(FOLDER, diff, allowed).inTheLedger()).isEmpty();
  }
}
