package dev.sluice.migrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.MigrationFailedException;
import liquibase.exception.PreconditionErrorException;
import liquibase.precondition.ErrorPrecondition;
import liquibase.precondition.core.AndPrecondition;
import org.junit.jupiter.api.Test;

class LiquibaseFailuresTest {
  private static final ChangeSet CHANGE_SET =
      new ChangeSet("1", "ann", false, false, "a.sql", null, null, new DatabaseChangeLog());

  private static Failure inside(Exception cause) {
    var failure = LiquibaseFailures.of(new MigrationFailedException(CHANGE_SET, cause), CHANGE_SET);
    assertThat(failure.changeSet()).isEqualTo("a.sql::1::ann");
    assertThat(failure.file()).isEqualTo("a.sql");
    return failure;
  }

  @Test
  void aChangesetFailsInTheWordsOfTheServer() {
    var failure =
        inside(new DatabaseException("x [Failed SQL: canary]", new SQLException("no", "42P01")));
    assertThat(failure.reason()).isEqualTo(Reason.CHANGE_SET_FAILED);
    assertThat(failure.message()).isEqualTo("no");
    assertThat(failure.sqlState()).isEqualTo("42P01");
    assertThat(failure.exit()).isEqualTo(Exit.PERMANENT);
  }

  @Test
  void aChangesetMayFailForAWhileOnly() {
    assertThat(inside(new DatabaseException(new SQLException("deadlock", "40P01"))).exit())
        .isEqualTo(Exit.TRANSIENT);
  }

  @Test
  void aChangesetMayFailWithoutTheServer() {
    var failure = inside(new LiquibaseException("no such column type [Failed SQL: canary]"));
    assertThat(failure.reason()).isEqualTo(Reason.CHANGE_SET_FAILED);
    assertThat(failure.message()).isEqualTo("no such column type");
    assertThat(failure.exit()).isEqualTo(Exit.PERMANENT);
  }

  @Test
  void aPreconditionIsAReasonOfItsOwn() {
    var error =
        new ErrorPrecondition(
            new IllegalStateException("oops"), new DatabaseChangeLog(), new AndPrecondition());
    assertThat(inside(new PreconditionErrorException(error)).reason())
        .isEqualTo(Reason.PRECONDITION_FAILED);
  }

  @Test
  void outsideOfChangesetsTheServerIsTheDatabase() {
    var thrown = new DatabaseException(new SQLException("permission denied", "42501"));
    var failure = LiquibaseFailures.of(thrown, null);
    assertThat(failure.reason()).isEqualTo(Reason.DATABASE_FAILED);
    assertThat(failure.changeSet()).isNull();
  }

  @Test
  void outsideOfChangesetsLiquibaseSpeaksOfTheChangelog() {
    assertThat(LiquibaseFailures.of(new LiquibaseException("no"), null).reason())
        .isEqualTo(Reason.CHANGELOG_INVALID);
  }

  @Test
  void anythingElseIsABugAndNotShown() {
    var failure = LiquibaseFailures.of(new IllegalStateException("canary"), null);
    assertThat(failure.reason()).isEqualTo(Reason.INTERNAL);
    assertThat(failure.message()).isEqualTo("a bug: java.lang.IllegalStateException");
  }
}
