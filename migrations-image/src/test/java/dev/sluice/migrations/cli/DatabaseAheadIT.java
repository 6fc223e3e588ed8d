package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step back: the database has migrations that the changelog doesn't know. */
class DatabaseAheadIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  /**
   * A changelog in two versions.
   *
   * @param old an older version than {@code current}
   * @param ahead what only that has
   */
  record Form(
      String name,
      String path,
      String ahead,
      Consumer<TestChangelog> current,
      Consumer<TestChangelog> old) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Form> forms() {
    return Stream.of(
        new Form(
            "Drizzle",
            "drizzle",
            "0001_orders",
            TestChangelog::twoOfDrizzle,
            c -> c.drizzle("drizzle", "0000_users").without("drizzle/0001_orders.sql")),
        new Form(
            "Flyway",
            "sql",
            "V2__orders",
            c ->
                c.with("sql/V1__users.sql", "create table users (id int)")
                    .with("sql/V2__orders.sql", "create table orders (id int)"),
            c -> c.without("sql/V2__orders.sql")),
        new Form(
            "one file of Liquibase",
            "root.sql",
            "root.sql::orders::ann",
            c -> c.with("root.sql", TestChangelog.TWO_TABLES),
            c -> c.sql("--changeset ann:users\ncreate table users (id int primary key);")),
        new Form(
            "many files of Liquibase",
            "root.yaml",
            "db/2.sql::orders::ann",
            c ->
                c.with("root.yaml", "databaseChangeLog: [{includeAll: {path: db}}]")
                    .with("db/1.sql", users() + "--changeset ann:always runAlways:true\nselect 1")
                    .with("db/2.sql", orders()),
            c -> c.without("db/2.sql")));
  }

  private static String users() {
    return "--liquibase formatted sql\n--changeset ann:users\ncreate table users (id int);\n";
  }

  private static String orders() {
    return "--liquibase formatted sql\n--changeset ann:orders\ncreate table orders (id int);\n";
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isSaidEachTime(Form form) {
    steppedBack(form);

    for (var time = 0; time < 3; time++) {
      var ran = sluice.run();

      assertThat(ran.exit()).isZero();
      assertThat(Objects.requireNonNull(ran.report().counts()).ahead()).isEqualTo(1);
      assertThat(ran.output())
          .contains("WARNING " + form.ahead() + " is applied, but isn't in the changelog");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isRefusedWhereThePolicySaysSo(Form form) {
    steppedBack(form);
    sluice.run();
    var before = ledger(form);

    var ran = sluice.with("SLUICE_DATABASE_AHEAD", "Refuse").run();

    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("DatabaseAhead");
    assertThat(ran.failure().changeSet()).isEqualTo(form.ahead());
    assertThat(ran.failure().hint()).contains("policy.databaseAhead: Allow");
    assertThat(ledger(form)).isEqualTo(before);
    assertThat(sluice.with("SLUICE_APPROVAL", "Manual").run().reason()).isEqualTo("DatabaseAhead");
    form.current().accept(changelog);
    assertThat(sluice.without("SLUICE_APPROVAL").run().exit()).isZero();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isOverOnceTheChangelogHasIt(Form form) {
    steppedBack(form);
    sluice.run();
    form.current().accept(changelog);

    var ran = sluice.with("SLUICE_DATABASE_AHEAD", "Refuse").run();

    assertThat(ran.exit()).isZero();
    assertThat(Objects.requireNonNull(ran.report().counts()).ahead()).isZero();
  }

  /** Nothing of it is touched, not even what is pending. */
  @Test
  void whatIsPendingWaitsToo() {
    sluice.with("SLUICE_CHANGELOG", "root.yaml");
    changelog
        .with("root.yaml", "databaseChangeLog: [{includeAll: {path: db}}]")
        .with("db/1.sql", users())
        .with("db/2.sql", orders());
    sluice.run();
    changelog
        .with(
            "db/3.sql", "--liquibase formatted sql\n--changeset ann:third\ncreate table third ();")
        .without("db/2.sql");

    assertThat(sluice.with("SLUICE_DATABASE_AHEAD", "Refuse").run().reason())
        .isEqualTo("DatabaseAhead");
    assertThat(database.has("third")).isFalse();
    assertThat(sluice.with("SLUICE_DATABASE_AHEAD", "Allow").run().exit()).isZero();
    assertThat(database.has("third")).isTrue();
  }

  /** Liquibase's users delete old changesets, and share a ledger. */
  @Test
  void whatIsGoneFromTheMiddleAndWhatIsAnotherChangelogsIsNot() {
    changelog
        .with("shop/root.yaml", "databaseChangeLog: [{includeAll: {path: shop/db}}]")
        .with("shop/db/1.sql", users())
        .with("shop/db/2.sql", orders())
        .with(
            "billing/root.sql",
            "--liquibase formatted sql\n--changeset bob:bills\ncreate table bills ();");
    assertThat(sluice.with("SLUICE_CHANGELOG", "shop/root.yaml").run().exit()).isZero();
    assertThat(sluice.with("SLUICE_CHANGELOG", "billing/root.sql").run().exit()).isZero();
    changelog.without("shop/db/1.sql");
    sluice.with("SLUICE_CHANGELOG", "shop/root.yaml").with("SLUICE_DATABASE_AHEAD", "Refuse");

    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void anEmptyDatabaseIsAheadOfNothing() {
    changelog.twoOfDrizzle();
    sluice.with("SLUICE_CHANGELOG", "drizzle").with("SLUICE_DATABASE_AHEAD", "Refuse");

    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void anotherWordIsRefused() {
    changelog.twoOfDrizzle();
    sluice.with("SLUICE_CHANGELOG", "drizzle").with("SLUICE_DATABASE_AHEAD", "No");

    assertThat(sluice.run().message()).contains("SLUICE_DATABASE_AHEAD", "Refuse or Allow");
  }

  private void steppedBack(Form form) {
    form.current().accept(changelog);
    assertThat(sluice.with("SLUICE_CHANGELOG", form.path()).run().exit()).isZero();
    form.old().accept(changelog);
  }

  private String ledger(Form form) {
    var schema = form.path().startsWith("root") ? "public" : "sluice";
    return database
        .query(
            "select md5(string_agg(l::text, ',' order by orderexecuted)) from %s.databasechangelog l"
                .formatted(schema))
        .toString();
  }
}
