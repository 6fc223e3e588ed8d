package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.TakenOver;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that Drizzle has migrated so far: its tables are there, and the history says so. */
class AdoptDrizzleIT {
  private static final String HISTORY = "drizzle.__drizzle_migrations";
  private static final String ENTERED =
      "select filename, description from databasechangelog order by orderexecuted";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  /** As drizzle-orm makes it. */
  @BeforeEach
  void migratedByDrizzle() {
    database.execute(
        """
        create schema drizzle;
        create table drizzle.__drizzle_migrations (
          id serial primary key, hash text not null, created_at bigint);
        create table users (id int);
        create table orders (j jsonb);
        """);
    applied(HISTORY, "0000_users", 0);
    applied(HISTORY, "0001_orders", 1);
  }

  private void applied(String table, String tag, int index) {
    row(table, hash(tag), 1_700_000_000_000L + 1000L * index);
  }

  private void row(String table, String hash, long when) {
    database.execute(
        "insert into %s (hash, created_at) values ('%s', %d)".formatted(table, hash, when));
  }

  private String hash(String tag) {
    try {
      var text = Files.readString(changelog.root().resolve("drizzle/" + tag + ".sql"));
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void nothingIsWritten() {
    assertThat(database.has("databasechangelog")).isFalse();
    assertThat(database.has("third")).isFalse();
  }

  @Test
  void takesTheHistoryOverAndRunsOnlyTheRest() {
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(2, HISTORY));
    assertThat(ran.report().applied()).containsExactly("0002_third");
    assertThat(database.query(ENTERED.replace(", description", " || ' ' || description")))
        .containsExactly("0000_users.sql adopted", "0001_orders.sql adopted", "0002_third.sql sql");
    assertThat(database.query("select count(*) from " + HISTORY)).containsExactly("3");
    var again = sluice.run();
    assertThat(again.report().outcome().label()).isEqualTo("NothingPending");
    assertThat(again.report().takenOver()).isEqualTo(TakenOver.NOTHING);
  }

  /** Somebody runs drizzle-kit by hand meanwhile. */
  @Test
  void takesLaterRowsOverToo() {
    sluice.run();
    changelog.thirdOfDrizzle("create table third (i int)");
    database.execute("create table third (i int)");
    applied(HISTORY, "0002_third", 2);
    changelog
        .drizzle("drizzle", "0000_users", "0001_orders", "0002_third", "0003_fourth")
        .with("drizzle/0003_fourth.sql", "create table fourth (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(1, HISTORY));
    assertThat(ran.report().applied()).hasSize(1);
    assertThat(database.query("select count(*) from " + HISTORY)).containsExactly("4");
  }

  @Test
  void aCheckoutWithOtherLineEndsAndAMarkIsNoEdit() {
    changelog.with("drizzle/0001_orders.sql", "create table orders (j jsonb);\nselect 1");
    database.execute(
        "update %s set hash = '%s' where id = 2".formatted(HISTORY, hash("0001_orders")));
    changelog.with("drizzle/0001_orders.sql", "\uFEFFcreate table orders (j jsonb);\r\nselect 1");
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(2);
  }

  @Test
  void anEditedFileStopsBeforeAnythingIsWritten() {
    changelog.with("drizzle/0001_orders.sql", "create table orders (j json)");
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0001_orders.sql");
    assertThat(ran.failure().hint()).contains("policy.edited: Allow");
    assertThat(ran.output())
        .contains(
            "| 0000_users | applied", "| 0001_orders | ? edited since", "- | 0002_third | pending");
    nothingIsWritten();

    var allowed = sluice.with("SLUICE_EDITED", "Allow").run();
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.report().takenOver().adopted()).isEqualTo(2);
    assertThat(sluice.without("SLUICE_EDITED").run().exit()).isZero();
  }

  @Test
  void aRowWithoutAFileStopsBeforeAnythingIsWritten() {
    row(HISTORY, "0123456789abcdef", 1_600_000_000_000L);
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("1 no file").contains("2020-09-13T12:26:40Z");
    nothingIsWritten();
    assertThat(sluice.with("SLUICE_MISSING", "Allow").run().exit()).isZero();
    changelog
        .drizzle("drizzle", "0000_users", "0001_orders", "0002_third", "0003_fourth")
        .with("drizzle/0003_fourth.sql", "create table fourth (i int)");
    assertThat(sluice.without("SLUICE_MISSING").run().exit())
        .as("settled once and for all")
        .isZero();
  }

  @Test
  void aHistoryThatIsAheadOfTheFolderIsAWarning() {
    row(HISTORY, "0123456789abcdef", 1_800_000_000_000L);
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("WARNING", "the database is ahead of it");
  }

  /** drizzle-orm goes by the latest time alone. */
  @Test
  void whatTheToolPassedOverFollowsThePolicy() {
    changelog.thirdOfDrizzle("create table third (i int)");
    database.execute("drop table orders; create table third (i int);");
    database.execute("delete from %s where id = 2".formatted(HISTORY));
    applied(HISTORY, "0002_third", 2);
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("OutOfOrder");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0001_orders.sql");
    assertThat(database.has("databasechangelog")).isFalse();
    var allowed = sluice.with("SLUICE_OUT_OF_ORDER", "Allow").run();
    assertThat(allowed.report().applied()).containsExactly("0001_orders");
  }

  @Test
  void aHistoryElsewhereIsFoundAndTakenWhereItIsNamed() {
    database.execute("create schema app; alter table %s set schema app".formatted(HISTORY));
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("app.__drizzle_migrations", "2 rows");
    assertThat(ran.failure().hint()).contains("changelog.history.schema: app");
    assertThat(database.has("databasechangelog")).isFalse();

    changelog.thirdOfDrizzle("create table third (i int)");
    var named = sluice.with("SLUICE_HISTORY_SCHEMA", "app").run();
    assertThat(named.report().takenOver().adopted()).isEqualTo(2);
    assertThat(database.query("select count(*) from app.__drizzle_migrations"))
        .as("kept in step")
        .containsExactly("3");
  }

  /** Columns of these names are nothing special. */
  @Test
  void tablesThatOnlyLookLikeAHistoryAreLeftAlone() {
    database.execute(
        """
        drop schema drizzle cascade;
        drop table users, orders;
        create table uploads (id int, hash text, created_at timestamptz);
        create table files (id int, hash text, created_at bigint);
        insert into uploads values (1, 'x', now());
        insert into files values (1, null, null), (2, 'x', 1700000000000);
        """);
    assertThat(sluice.run().report().applied()).hasSize(2);
  }

  @Test
  void aHistoryThatTheRoleMayNotReadIsNotTakenForMissing() {
    database.execute("create role weak; grant create on schema public to weak");
    try {
      var ran = sluice.with("SLUICE_ROLE", "weak").run();
      assertThat(ran.exit()).isEqualTo(20);
      assertThat(ran.message()).contains("permission denied for schema drizzle");
      assertThat(database.has("databasechangelog")).isFalse();
    } finally {
      database.execute("drop owned by weak; drop role weak");
    }
  }

  @Test
  void rowsOfVersionOneGoByTheirNames() {
    database.execute(
        "alter table %1$s add name text, add applied_at timestamptz; delete from %1$s"
            .formatted(HISTORY));
    changelog
        .with("v1/20240101000000_a/migration.sql", "create table users (id int)")
        .with("v1/20240102000000_b/migration.sql", "create table b (i int)");
    database.execute(
        "insert into %s (hash, created_at, name) values ('%s', 1704067200000, '20240101000000_a')"
            .formatted(HISTORY, hash("../v1/20240101000000_a/migration")));
    var ran = sluice.with("SLUICE_CHANGELOG", "v1").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(1);
    assertThat(ran.report().applied()).hasSize(1);
  }

  @Test
  void neverMeansThatAHistoryIsRefused() {
    var ran = sluice.with("SLUICE_ADOPT", "Never").run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("ForeignHistory");
    nothingIsWritten();
  }

  @Test
  void theOtherToolIsNoToolOfThisFolder() {
    var ran = sluice.with("SLUICE_ADOPT", "Flyway").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).isEqualTo("adopt is Flyway, but drizzle is a folder of Drizzle");
    assertThat(sluice.with("SLUICE_ADOPT", "Drizzle").run().exit()).isZero();
  }

  /** An owner sees all rows but where he is made to obey. */
  @Test
  void aHistoryOfWhichRowsAreHiddenIsRefused() {
    database.execute(
        """
        create role blind login; grant usage, create on schema public, drizzle to blind;
        grant all on drizzle.__drizzle_migrations to blind;
        alter table drizzle.__drizzle_migrations enable row level security;
        """);
    try {
      var ran = sluice.with("SLUICE_ROLE", "blind").run();
      assertThat(ran.exit()).isEqualTo(20);
      assertThat(ran.message()).contains("row-level security hides rows of");
    } finally {
      database.execute("drop owned by blind; drop role blind");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert", "commit"})
  void whatFailsWhileItIsTakenOverLeavesNothing(String when) {
    sluice.command("status");
    database.execute(
        """
        create schema sluice;
        create table sluice.databasechangelog (
          id varchar(255) not null, author varchar(255) not null,
          filename varchar(255) not null, dateexecuted timestamp not null,
          orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),
          description varchar(255), comments varchar(255), tag varchar(255),
          liquibase varchar(20), contexts varchar(255), labels varchar(255),
          deployment_id varchar(10));
        create function no() returns trigger language plpgsql as $$
        begin
          if new.filename like '%orders%' then raise exception 'no'; end if;
          return new;
        end $$;
        """
            + (when.equals("insert")
                ? "create trigger no before insert on databasechangelog for each row execute"
                    + " function no();"
                : "create constraint trigger no after insert on databasechangelog deferrable"
                    + " initially deferred for each row execute function no();"));
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.NOTHING);
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("0");
    database.execute("drop trigger no on databasechangelog");
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(2);
  }

  @Test
  void aPlanListsWhatIsTakenOverAndNothingIsWrittenBeforeItsApproval() {
    changelog.thirdOfDrizzle("create table third (i int)");
    sluice.with("SLUICE_APPROVAL", "Manual");
    var planned = sluice.run();
    assertThat(planned.reason()).isEqualTo("ApprovalRequired");
    assertThat(planned.output())
        .contains("plan [1/3] entered without running: 0000_users", "plan [3/3] 0002_third");
    nothingIsWritten();

    var digest = Objects.requireNonNull(planned.report().plan()).digest();
    sluice.with("SLUICE_APPROVED", digest);
    database.execute("create table third (mine int)");
    assertThat(sluice.run().reason()).as("adopted, then failed").isEqualTo("ChangeSetFailed");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    database.execute("drop table third");
    assertThat(sluice.run().report().applied()).as("the rest, by the same word").hasSize(1);
  }

  @Test
  void theCommandTakesOverAndRunsNothing() {
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.command("status")).isZero();
    assertThat(sluice.command("adopt", "--dry-run")).isZero();
    nothingIsWritten();
    assertThat(sluice.command("adopt")).isZero();
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    assertThat(database.has("third")).isFalse();
    assertThat(sluice.command("adopt")).as("nothing is left to take").isZero();
    assertThat(sluice.run().report().applied()).hasSize(1);
  }

  @Test
  void aLiquibaseChangelogHasNothingToTakeOver() {
    changelog.with("root.sql", TestChangelog.TWO_TABLES);
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.sql").command("adopt")).isEqualTo(40);
    var ran = sluice.with("SLUICE_BASELINE_TO", "users").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("root.sql is a changelog of Liquibase");
    assertThat(database.has("databasechangelog")).isFalse();
  }
}
