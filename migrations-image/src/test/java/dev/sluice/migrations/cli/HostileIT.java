package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every string of a spec that reaches JDBC or SQL: refused with the name of its variable, or meant
 * as it is written.
 */
class HostileIT {
  static final List<String> HOSTILE =
      List.of(
          "'; drop table canary; --",
          "\"; drop table canary; --",
          "'; create role evil superuser; create database evil; --",
          "${user.home}${PGPASSWORD}",
          "$$; drop table canary; $$",
          "\\'; drop table canary; --",
          "\\\";\\",
          "x?sslmode=disable&socketFactory=evil",
          "x&options=-c%20search_path=evil",
          "a,b/c#d@e:5432",
          "$(touch evil)`touch evil`|;&&",
          "%s%n%1$s ? ?? ::int {x}",
          "line\nbreak\r\nand \u0007\u001b[31m",
          "grüße 𝄞 \u202eliveE",
          "*/ /* -- ",
          "a".repeat(64),
          "b".repeat(20_000));

  private static final String CHANGELOG =
      """
      --liquibase formatted sql
      --changeset ann:1
      create table seen as select session_user::text as login, current_user::text as role,
        current_setting('application_name') as application, current_database()::text as database;
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().with("root.sql", CHANGELOG);
  private final TestRunner sluice = fixture.runner();
  private List<String> before = List.of();

  @BeforeEach
  void aCanary() {
    database.execute(
        "create table canary as select 1; grant all on database "
            + database.name()
            + " to public;"
            + " grant all on schema public to public");
    before = inTheCluster();
  }

  @AfterEach
  void nothingElseHappened() {
    assertThat(database.query("select count(*) from canary")).containsExactly("1");
    assertThat(inTheCluster()).isEqualTo(before);
    assertThat(Path.of("evil")).doesNotExist();
  }

  private List<String> inTheCluster() {
    return database.query(
        "select datname::text from pg_database union all select rolname::text from pg_roles order"
            + " by 1");
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isAName(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= 63
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static void refused(TestRunner.Ran ran, String variable) {
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains(variable);
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isNoPartOfAnAddressOrAPlainName(String value) {
    for (var variable :
        List.of(
            "PGHOST",
            "PGPORT",
            "PGSSLMODE",
            "SLUICE_SEARCH_PATH",
            "SLUICE_LOCK_TIMEOUT",
            "SLUICE_STATEMENT_TIMEOUT",
            "SLUICE_DEADLINE",
            "SLUICE_PROBE_PORT")) {
      refused(fixture.runner().with(variable, value).run(), variable);
    }
    for (var variable : List.of("SLUICE_LEDGER_SCHEMA", "SLUICE_LEDGER_TABLE")) {
      if (value.length() != 64) {
        refused(fixture.runner().with(variable, value).run(), variable);
      }
    }
    for (var variable : List.of("SLUICE_URL_KEY", "SLUICE_USERNAME_KEY", "SLUICE_PASSWORD_KEY")) {
      var keyed = fixture.runner().with("SLUICE_CREDENTIALS", changelog.root().toString());
      assertThat(keyed.with(variable, value).run().exit()).isEqualTo(40);
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isARoleAsItIsWritten(String role) {
    if (!isAName(role)) {
      refused(sluice.with("SLUICE_ROLE", role).run(), "SLUICE_ROLE");
      return;
    }
    database.execute("create role " + quoted(role));
    try {
      assertThat(sluice.with("SLUICE_ROLE", role).run().exit()).isZero();
      assertThat(database.query("select role from seen")).containsExactly(role);
    } finally {
      database.execute(
          "reassign owned by %1$s to postgres; drop owned by %1$s; drop role %1$s"
              .formatted(quoted(role)));
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isADatabaseAsItIsWritten(String name) {
    if (!isAName(name)) {
      refused(sluice.with("PGDATABASE", name).run(), "PGDATABASE");
      return;
    }
    database.execute("create database " + quoted(name));
    try {
      database.execute("create table canary2 as select 1");
      assertThat(sluice.with("PGDATABASE", name).run().exit()).isZero();
      assertThat(database.has("seen")).isFalse();
    } finally {
      database.execute("drop database " + quoted(name) + " with (force)");
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isALoginAsItIsWritten(String text) throws Exception {
    Files.writeString(changelog.root().resolve("username"), text);
    Files.writeString(changelog.root().resolve("password"), text + "!");
    sluice.with("SLUICE_CREDENTIALS", changelog.root().toString()).with("SLUICE_DEADLINE", "3s");
    if (text.getBytes(StandardCharsets.UTF_8).length > 63) {
      assertThat(sluice.run().exit()).isIn(11, 40);
      return;
    }
    database.execute(
        "create role %s login password '%s' in role %s"
            .formatted(quoted(text), (text + "!").replace("'", "''"), TestServer.SCRAM_GROUP));
    try {
      assertThat(sluice.with("SLUICE_DEADLINE", "60s").run().exit()).isZero();
      assertThat(database.query("select login from seen")).containsExactly(text);
    } finally {
      database.execute(
          "reassign owned by %1$s to postgres; drop owned by %1$s; drop role %1$s"
              .formatted(quoted(text)));
    }
  }

  /** In the first message to the server a NUL ends the user's name and begins another setting. */
  @Test
  void isNoLoginWithANul() throws Exception {
    Files.writeString(changelog.root().resolve("username"), "careful\0database\0template1");
    Files.writeString(changelog.root().resolve("password"), "x");
    var ran = sluice.with("SLUICE_CREDENTIALS", changelog.root().toString()).run();
    refused(ran, "NUL");
    assertThat(ran.reason()).isEqualTo("SecretInvalid");
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isARevisionAndATargetAsTheyAreWritten(String value) {
    if (!isAName(value)) {
      refused(sluice.with("SLUICE_REVISION", value).run(), "SLUICE_REVISION");
      refused(
          sluice.with("SLUICE_REVISION", "1").with("SLUICE_TARGET", value).run(), "SLUICE_TARGET");
      return;
    }
    var ran = sluice.with("SLUICE_REVISION", value).with("SLUICE_TARGET", value).run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().revisions()).containsExactly(value);
    assertThat(database.query("select revision from sluice_revision where target = revision"))
        .containsExactly(value);
  }

  /** What is a filter filters, whatever it says. */
  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isAFilterAndNothingMore(String value) {
    for (var variable : List.of("SLUICE_CONTEXTS", "SLUICE_LABELS")) {
      var ran = fixture.runner().with(variable, value).run();
      assertThat(ran.exit()).isIn(0, 40);
      if (ran.exit() == 40) {
        assertThat(ran.message()).contains(variable);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isAnApplicationsNameAsFarAsTheServerKeepsIt(String value) {
    assertThat(sluice.with("PGAPPNAME", value).run().exit()).isZero();
    var seen = database.query("select application from seen").getFirst();
    assertThat(value).startsWith(seen.replaceFirst("(?s)(\\?|\\\\x).*", ""));
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isAFileOfTheRootAsItIsWritten(String name) throws Exception {
    var path = name + ".sql";
    if (isAName(name) && !name.contains("/")) {
      changelog.with(path, CHANGELOG);
    }
    var ran = sluice.with("SLUICE_CHANGELOG", path).run();
    if (ran.exit() == 0) {
      assertThat(database.query("select filename from databasechangelog")).containsExactly(path);
    } else {
      assertThat(ran.exit()).isEqualTo(40);
      assertThat(ran.reason()).isIn("ChangelogMissing", "ChangelogInvalid", "ConfigurationInvalid");
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void isNoPartOfAUrl(String value) throws IOException {
    for (var url :
        List.of(
            "postgres://u:p@%s/x",
            "postgres://u:p@h/x?%s", "postgres://u:p@h/x?sslmode=%s", "%s")) {
      Files.writeString(changelog.root().resolve("uri"), url.replace("%s", value));
      var ran =
          fixture
              .runner()
              .without("PGHOST")
              .with("SLUICE_CREDENTIALS", changelog.root().toString())
              .with("SLUICE_URL_KEY", "uri")
              .with("SLUICE_DEADLINE", "1s")
              .run();
      assertThat(ran.exit()).isIn(11, 40);
      assertThat(database.has("seen")).isFalse();
    }
  }
}
