package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION, ConfigurationInvalid, 40, changelog.ledger.schema",
    "SECRET_KEY, SecretKeyMissing, 40, database.credentials.secret",
    "SECRET_INVALID, SecretInvalid, 40, spec.database",
    "SECRET_REFUSED, SecretUnreadable, 40, secretsmanager:GetSecretValue",
    "SECRET_UNAVAILABLE, SecretUnreadable, 40, Pod Identity or IRSA",
    "TLS, TlsFailed, 40, spec.database.tls",
    "AUTHENTICATION, AuthenticationFailed, 40, pg_hba.conf",
    "ROLE, RoleDenied, 40, session.role",
    "POOLER, PoolerRefused, 40, a pooler in session mode",
    "UNREACHABLE, DatabaseUnreachable, 11, network policies",
    "LOCK_HELD, LockHeld, 11, locked = false",
    "FAILED, DatabaseFailed, 20, the rights of the user"
  })
  void eachKindHasItsReasonItsExitAndARemedy(Kind kind, String reason, int exit, String hint) {
    var failure = DatabaseFailures.of(DatabaseProblem.of(kind, "so it is"));
    assertThat(failure.reason().label()).isEqualTo(reason);
    assertThat(failure.exit().code()).isEqualTo(exit);
    assertThat(failure.message()).isEqualTo("so it is");
    assertThat(failure.hint()).contains(hint);
  }

  @Test
  void aStatementOfTheRunnersOwnMayPassByItself() {
    assertThat(DatabaseFailures.of(new DatabaseProblem(Kind.FAILED, "m", "40P01")).exit())
        .isEqualTo(Exit.TRANSIENT);
    assertThat(DatabaseFailures.of(new DatabaseProblem(Kind.FAILED, "m", "42501")).exit())
        .isEqualTo(Exit.PERMANENT);
  }

  @Test
  void whatIsNoStatementKeepsItsExitWhateverTheServerSaid() {
    var failure = DatabaseFailures.of(new DatabaseProblem(Kind.UNREACHABLE, "m", "08006"));
    assertThat(failure.exit()).isEqualTo(Exit.WAITED);
    assertThat(failure.sqlState()).isEqualTo("08006");
  }

  @Test
  void aDatabaseThatIsNotThereIsToBeMade() {
    assertThat(DatabaseFailures.of(new DatabaseProblem(Kind.UNREACHABLE, "m", "3D000")).hint())
        .isEqualTo("create the database, or see database.name");
  }

  @Test
  void anErrorOfTheServerIsPermanentUnlessItMayPass() {
    var deadlock = DatabaseFailures.of(new ServerError("40P01", "deadlock detected"));
    assertThat(deadlock.exit()).isEqualTo(Exit.TRANSIENT);
    var denied = DatabaseFailures.of(new ServerError("42501", "permission denied"));
    assertThat(denied.reason()).isEqualTo(Reason.DATABASE_FAILED);
    assertThat(denied.exit()).isEqualTo(Exit.PERMANENT);
    assertThat(denied.message()).isEqualTo("permission denied");
    assertThat(denied.sqlState()).isEqualTo("42501");
  }

  @Test
  void aSchemaThatIsNotThereIsNamedWithItsField() {
    var named = DatabaseFailures.noSchema(new TableName("shop", null), "ledger.schema");
    assertThat(named.message()).isEqualTo("there is no schema \"shop\" for the ledger");
    assertThat(named.hint()).isEqualTo("name another schema in ledger.schema, or create it");
    assertThat(DatabaseFailures.noSchema(TableName.DEFAULT, "ledger.schema").message())
        .isEqualTo("the session has no current schema: none of its search_path exists");
  }
}
