package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ChangeSetCounts;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrateIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  private final TestRunner sluice = fixture.runner();

  @Test
  void appliesWhatIsPending() {
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().outcome().label()).isEqualTo("Applied");
    assertThat(ran.report().applied())
        .containsExactly("root.sql::users::ann", "root.sql::orders::ann");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(2, 0, 0));
    assertThat(ran.report().revisions()).containsExactly("1.0");
    assertThat(database.has("orders")).isTrue();
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
  }

  @Test
  void doesNothingTheSecondTime() {
    sluice.run();
    var ran = sluice.run();
    assertThat(ran.report().outcome().label()).isEqualTo("NothingPending");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(2, 0, 0));
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
  }

  @Test
  void findsNothingPendingWithoutLoadingLiquibase() throws Exception {
    sluice.run();
    var log = changelog.root().resolveSibling(changelog.root().getFileName() + ".log");
    var process = sluice.start(log, "-Xlog:class+load");
    assertThat(process.waitFor()).isZero();
    var output = Files.readString(log);
    assertThat(output).contains("NothingPending").contains("dev.sluice.migrations.engine.Run ");
    assertThat(output).doesNotContain("] liquibase.").doesNotContain("software.amazon");
  }

  @Test
  void appliesOnlyWhatTheSecondRevisionAdds() {
    sluice.run();
    changelog.with(
        "root.sql",
        TestChangelog.TWO_TABLES
            + """
            --changeset bob:3
            create table items (id int);
            """);
    var ran = sluice.with("SLUICE_REVISION", "1.1").run();
    assertThat(ran.report().applied()).containsExactly("root.sql::3::bob");
    assertThat(ran.report().revisions()).containsExactly("1.1", "1.0");
  }

  @Test
  void entersANewRevisionThatBringsNothing() {
    sluice.run();
    var ran = sluice.with("SLUICE_REVISION", "1.1").run();
    assertThat(ran.report().outcome().label()).isEqualTo("NothingPending");
    assertThat(ran.report().revisions()).containsExactly("1.1", "1.0");
  }

  @Test
  void keepsRevisionsOfOtherTargetsApart() {
    sluice.run();
    var ran = sluice.with("SLUICE_TARGET", "t2").with("SLUICE_REVISION", "2.0").run();
    assertThat(ran.report().revisions()).containsExactly("2.0");
  }

  @Test
  void asksTheEngineAgainWhenTheLedgerWasEdited() {
    sluice.run();
    database.execute("delete from databasechangelog where id = 'orders'; drop table orders");
    assertThat(sluice.run().report().applied()).containsExactly("root.sql::orders::ann");
  }

  @Test
  void rollsAFailedChangeSetBackAndResumesAfterTheRepair() {
    var broken =
        TestChangelog.TWO_TABLES
            + """
            --changeset bob:3
            create table items (id int);
            create table users (id int);
            """;
    changelog.with("root.sql", broken);
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.message()).isEqualTo("relation \"users\" already exists");
    assertThat(ran.failure().sqlState()).isEqualTo("42P07");
    assertThat(ran.failure().changeSet()).isEqualTo("root.sql::3::bob");
    assertThat(ran.report().applied()).hasSize(2);
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(3, 1, 0));
    assertThat(database.has("items")).isFalse();
    assertThat(ran.output()).doesNotContain("create table");

    changelog.with("root.sql", broken.replace("create table users (id int);\n", ""));
    assertThat(sluice.run().report().applied()).containsExactly("root.sql::3::bob");
  }

  @Test
  void neverShowsRows() {
    changelog.sql(
        """
        --changeset ann:1
        create table t (e text unique);
        insert into t values ('eve@canary'), ('eve@canary');
        """);
    var ran = sluice.run();
    assertThat(ran.failure().sqlState()).isEqualTo("23505");
    assertThat(ran.output() + ran.report()).doesNotContain("eve@canary");
  }

  @Test
  void namesAChangeSetThatWasEdited() {
    sluice.run();
    changelog.with(
        "root.sql", TestChangelog.TWO_TABLES.replace("orders (id int", "orders (id bigint"));
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChecksumMismatch");
    assertThat(ran.failure().changeSet()).isEqualTo("root.sql::orders::ann");
  }

  @Test
  void takesALockTimeoutForTransient() throws Exception {
    sluice.run();
    changelog.with(
        "root.sql",
        TestChangelog.TWO_TABLES
            + """
            --changeset bob:3
            alter table users add c int;
            """);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table users");
      var ran = sluice.with("SLUICE_LOCK_TIMEOUT", "200ms").run();
      assertThat(ran.exit()).isEqualTo(10);
      assertThat(ran.failure().sqlState()).isEqualTo("55P03");
    }
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void keepsTheLedgerWhereItIsTold() {
    database.execute("create schema \"Ops\"");
    sluice.with("SLUICE_LEDGER_SCHEMA", "Ops").with("SLUICE_LEDGER_TABLE", "my_ledger").run();
    assertThat(database.query("select count(*) from \"Ops\".my_ledger")).containsExactly("2");
    assertThat(database.has("\"Ops\".sluice_revision")).isTrue();
    assertThat(database.has("databasechangelog")).isFalse();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void refusesALedgerSchemaThatIsNotThere() {
    var ran = sluice.with("SLUICE_LEDGER_SCHEMA", "nowhere").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("nowhere");
  }

  @Test
  void worksAsTheRoleItIsTold() {
    database.execute(
        "create role owner_of_" + database.name() + "; grant all on schema public to public");
    sluice.with("SLUICE_ROLE", "owner_of_" + database.name()).run();
    assertThat(database.query("select tableowner from pg_tables where tablename = 'users'"))
        .containsExactly("owner_of_" + database.name());
  }

  @Test
  void namesARoleThatIsNotThere() {
    var ran = sluice.with("SLUICE_ROLE", "nobody-knows").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("RoleDenied");
    assertThat(ran.message()).contains("nobody-knows");
  }

  @Test
  void dropsTheInvalidIndexThatAChangeSetLeft() {
    changelog.sql(
        """
        --changeset ann:1
        create table t (i int);
        insert into t values (1), (1);
        --changeset ann:2 runInTransaction:false
        create unique index concurrently one_of_each on t (i);
        """);
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.failure().sqlState()).isEqualTo("23505");
    assertThat(ran.failure().hint()).isNull();
    assertThat(database.has("one_of_each")).isFalse();
  }

  /** One transaction made both the table and its row in the ledger. */
  @Test
  void commitsAChangeSetTogetherWithItsRow() {
    sluice.run();
    assertThat(database.query("select xmin from pg_class where relname = 'users'"))
        .isEqualTo(database.query("select xmin from databasechangelog where id = 'users'"));
  }
}
