package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.cli.Settings.Complete;
import dev.sluice.migrations.cli.Settings.Faulty;
import dev.sluice.migrations.database.SslMode;
import dev.sluice.migrations.postgres.TableName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "PGHOST", "db.example.com",
          "PGDATABASE", "shop",
          "SLUICE_CREDENTIALS", "/var/run/sluice/credentials",
          "SLUICE_CHANGELOG", "changelog/root.yaml");

  private static Map<String, String> good(String variable, String value) {
    var changed = new HashMap<>(GOOD);
    changed.put(variable, value);
    return changed;
  }

  private static List<String> problems(Map<String, String> environment) {
    return switch (Settings.read(environment)) {
      case Faulty(var problems) -> problems;
      case Complete _ -> List.of();
    };
  }

  @Test
  void haveVisibleDefaults() {
    assertThat(Settings.read(GOOD))
        .isInstanceOfSatisfying(
            Complete.class,
            complete -> {
              assertThat(complete.deadline()).isEqualTo(Duration.ofMinutes(30));
              assertThat(complete.request().connection().destination().tls().mode())
                  .isEqualTo(SslMode.PREFER);
              assertThat(complete.request().connection().destination().session().lockTimeout())
                  .isEqualTo(Duration.ofSeconds(10));
              assertThat(complete.request().ledger()).isEqualTo(TableName.DEFAULT);
              assertThat(complete.request().revision().revision()).isNull();
            });
  }

  @Test
  void nameAllThatIsWrongAtOnce() {
    var environment = new HashMap<>(good("PGPORT", "70000"));
    environment.remove("PGHOST");
    environment.put("SLUICE_DEADLINE", "soon");
    environment.put("PGSSLMODE", "allow");
    assertThat(String.join("; ", problems(environment)))
        .contains("PGHOST", "PGPORT", "SLUICE_DEADLINE", "PGSSLMODE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "a?sslmode=disable",
        "a/b",
        "a b",
        "a#b",
        "-a",
        "[::1",
        "user@host",
        "a:5432/x?"
      })
  void refuseHostsThatAreMoreThanAHost(String host) {
    assertThat(problems(good("PGHOST", host))).singleElement().asString().startsWith("PGHOST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.0.0.1",
        "::1",
        "fe80::1",
        "shop.cluster-abc.eu-west-1.rds.amazonaws.com",
        "db_1"
      })
  void takeHosts(String host) {
    assertThat(problems(good("PGHOST", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "a/../../x", "a/.."})
  void refuseChangelogsOutsideOfTheRoot(String path) {
    assertThat(problems(good("SLUICE_CHANGELOG", path)))
        .singleElement()
        .asString()
        .startsWith("SLUICE_CHANGELOG");
  }

  @Test
  void refuseMoreRequiredRevisionsThanAReportCanAnswer() {
    assertThat(problems(good("SLUICE_REQUIRED_REVISIONS", "1.0,".repeat(99) + "1.0"))).isEmpty();
    assertThat(problems(good("SLUICE_REQUIRED_REVISIONS", "1.0,".repeat(100) + "1.0")))
        .containsExactly(
            "SLUICE_REQUIRED_REVISIONS must be at most 100 revisions, separated by commas");
  }

  @Test
  void refuseAnotherWordForThePolicy() {
    assertThat(problems(good("SLUICE_OUT_OF_ORDER", "Allow"))).isEmpty();
    assertThat(problems(good("SLUICE_OUT_OF_ORDER", "yes")))
        .containsExactly("SLUICE_OUT_OF_ORDER must be Refuse or Allow");
    assertThat(problems(good("SLUICE_MISSING", "allow")))
        .containsExactly("SLUICE_MISSING must be Refuse or Allow");
    assertThat(problems(good("SLUICE_EDITED", "no")))
        .containsExactly("SLUICE_EDITED must be Refuse or Allow");
  }

  @Test
  void refuseAnotherWordForAdoption() {
    assertThat(problems(good("SLUICE_ADOPT", "Flyway"))).isEmpty();
    assertThat(problems(good("SLUICE_ADOPT", "drizzle")))
        .containsExactly("SLUICE_ADOPT must be Auto, Drizzle, Flyway or Never");
    assertThat(problems(good("SLUICE_HISTORY_TABLE", "t".repeat(64))))
        .containsExactly(
            "SLUICE_HISTORY_TABLE must be a name of at most 63 bytes, without control characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../token", "a/b", "..", ""})
  void refuseKeysThatLeadOutOfTheSecret(String key) {
    assertThat(problems(good("SLUICE_PASSWORD_KEY", key)).isEmpty()).isEqualTo(key.isEmpty());
  }

  @Test
  void letAnAwsSecretCarryHostAndDatabase() {
    assertThat(
            problems(
                Map.of(
                    "SLUICE_AWS_SECRET_ID", "arn:aws:secretsmanager:eu-west-1:1:secret:x",
                    "SLUICE_CHANGELOG", "root.yaml")))
        .isEmpty();
  }

  @Test
  void needARegionForASecretThatIsNoArn() {
    assertThat(problems(Map.of("SLUICE_AWS_SECRET_ID", "shop", "SLUICE_CHANGELOG", "root.yaml")))
        .singleElement()
        .asString()
        .contains("AWS_REGION");
  }

  @Test
  void pgoptionsIsRefused() {
    var environment = new HashMap<>(GOOD);
    environment.put("PGOPTIONS", "-c search_path=x");
    assertThat(Settings.read(environment))
        .isInstanceOfSatisfying(
            Settings.Faulty.class,
            faulty ->
                assertThat(faulty.problems())
                    .singleElement()
                    .asString()
                    .contains("PGOPTIONS", "SLUICE_SEARCH_PATH"));
  }
}
