package dev.sluice.operator.observation;

import static dev.sluice.operator.decision.DecisionFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Changelog;
import dev.sluice.api.Credentials;
import dev.sluice.api.Credentials.SecretReference;
import dev.sluice.api.Database;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DeletionPolicy;
import dev.sluice.api.SessionSettings;
import dev.sluice.api.Tls;
import dev.sluice.operator.decision.DecisionFixture;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTest {
  private static final String DIGEST =
      "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "shop:1.42.0, 1.42.0",
    "registry:5000/team/shop:v7, v7",
    "registry:5000/team/shop:v7" + DIGEST + ", v7",
    "registry:5000/team/shop" + DIGEST + ", 0123456789ab"
  })
  void theRevisionComesFromTheImage(String image, String revision) {
    assertThat(Input.of(spec(image, null, "h", false)).orElseThrow().revision())
        .isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource({"shop", "registry:5000/shop", "shop:-x"})
  void anImageWithoutTagGivesNone(String image) {
    assertThat(Input.of(spec(image, null, "h", false))).isEmpty();
  }

  @Test
  void theRevisionOfTheSpecWins() {
    assertThat(Input.of(spec("shop:1", "2", "h", false)).orElseThrow().revision()).isEqualTo("2");
  }

  @Test
  void anotherHostIsAnotherTargetAndAnotherImageIsNot() {
    var one = Input.of(spec("shop:1", "r", "h", false)).orElseThrow();

    assertThat(Input.of(spec("shop:1", "r", "H", false)).orElseThrow()).isEqualTo(one);
    assertThat(Input.of(spec("shop:1", "r", "i", false)).orElseThrow().target())
        .isNotEqualTo(one.target());
    assertThat(Input.of(spec("shop:2", "r", "h", false)).orElseThrow().target())
        .isEqualTo(one.target());
    assertThat(Input.of(spec("shop:2", "r", "h", false)).orElseThrow().key())
        .isNotEqualTo(one.key());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "team/runner:1")
  void anotherConfigMapIsAnotherContentOfTheSameTarget(@Nullable String runner) {
    var one = Input.of(ofConfigMap(runner, "shop-7f9c2", "1")).orElseThrow();
    var two = Input.of(ofConfigMap(runner, "shop-b41d0", "1")).orElseThrow();

    assertThat(two.target()).isEqualTo(one.target());
    assertThat(two.key()).isNotEqualTo(one.key());
  }

  @Test
  void aFolderThatWasMovedIsAnotherContentOfTheSameTarget() {
    var one = Input.of(DecisionFixture.at("path: db/migrations")).orElseThrow();
    for (var moved : List.of("path: migrations", "path: '.'", "paths: [db/migrations, db/prod]")) {
      var two = Input.of(DecisionFixture.at(moved)).orElseThrow();
      assertThat(two.target()).isEqualTo(one.target());
      assertThat(two.key()).isNotEqualTo(one.key());
    }
  }

  /** Liquibase knows a changeset by the path of its file. */
  @ParameterizedTest
  @ValueSource(strings = {"root.yaml", "root.YML", "root.xml", "root.json", "root.sql"})
  void aChangelogThatWasMovedIsAnotherTarget(String name) {
    var one = Input.of(DecisionFixture.at("path: db/" + name)).orElseThrow();
    var two = Input.of(DecisionFixture.at("path: " + name)).orElseThrow();
    assertThat(two.target()).isNotEqualTo(one.target());
  }

  private static DatabaseMigrationSpec ofConfigMap(
      @Nullable String image, String name, String revision) {
    var given = DecisionFixture.SPEC;
    var changelog =
        new Changelog(
            "root.yaml",
            null,
            new Changelog.ConfigMapReference(name),
            Changelog.Ledger.DEFAULT,
            Changelog.History.DEFAULT,
            Map.of(),
            List.of());
    return new DatabaseMigrationSpec(
        image,
        revision,
        changelog,
        List.of(),
        List.of(),
        null,
        given.database(),
        null,
        null,
        given.adopt(),
        null,
        given.policy(),
        given.approval(),
        given.rehearsal(),
        given.run(),
        given.recheck(),
        given.pod(),
        false,
        DeletionPolicy.Wait);
  }

  @Test
  void aSecretCountsOnlyWhereItSaysHostOrName() {
    var url = new SecretReference("shop-db", "username", "password", "url");
    var other = new SecretReference("other-db", "username", "password", "url");

    assertThat(target("h", "shop", url, null)).isEqualTo(target("h", "shop", other, null));
    assertThat(target(null, "shop", url, null)).isNotEqualTo(target(null, "shop", other, null));
    assertThat(target("h", null, url, null)).isNotEqualTo(target("h", null, other, null));
    assertThat(target(null, null, url, null)).isEqualTo(target(null, null, url, null));
  }

  @Test
  void anotherSearchPathIsAnotherTarget() {
    var secret = new SecretReference("shop-db", "username", "password", null);
    var one = target("h", "shop", secret, "one, public");

    assertThat(one).isEqualTo(target("h", "shop", secret, "one,public"));
    assertThat(one).isNotEqualTo(target("h", "shop", secret, "two,public"));
    assertThat(one).isNotEqualTo(target("h", "shop", secret, null));
  }

  private static String target(
      @Nullable String host,
      @Nullable String name,
      SecretReference secret,
      @Nullable String searchPath) {
    var session = new SessionSettings(null, Duration.ofSeconds(10), Duration.ZERO, searchPath);
    var credentials = new Credentials(secret, null, null);
    var database = new Database(host, null, name, Tls.DEFAULT, credentials, session);
    var given = DecisionFixture.SPEC;
    var spec =
        new DatabaseMigrationSpec(
            given.image(),
            null,
            given.changelog(),
            List.of(),
            List.of(),
            null,
            database,
            null,
            null,
            given.adopt(),
            null,
            given.policy(),
            given.approval(),
            given.rehearsal(),
            given.run(),
            given.recheck(),
            given.pod(),
            false,
            DeletionPolicy.Wait);
    return Input.of(spec).orElseThrow().target();
  }

  /** A change of these starts a run after a failure, as each change does, and none once applied. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adopt: Drizzle",
        "adopt: Never",
        "baseline: {to: 0042_add_tier}",
        "policy: {outOfOrder: Allow}",
        "policy: {missing: Allow}",
        "policy: {edited: Allow}",
        "rehearsal: {mode: Warn}",
        "rehearsal: {image: 'postgis/postgis:17-3.5'}",
        "rehearsal: {urlSecret: {name: s, key: url}}"
      })
  void whatARunRefusesOrBeginsWithIsNoOtherContent(String setting) {
    assertThat(Input.of(ofFolder("", setting))).isPresent().isEqualTo(Input.of(ofFolder("", "")));
  }

  @Test
  void whereTheToolKeepsItsHistoryIsNoOtherTarget() {
    assertThat(Input.of(ofFolder(", history: {schema: app, table: moves}", "")))
        .isPresent()
        .isEqualTo(Input.of(ofFolder("", "")));
    assertThat(Input.of(ofFolder(", ledger: {schema: app}", "")))
        .isNotEqualTo(Input.of(ofFolder("", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", parameters: {region: eu}",
        ", parameters: {region: us}",
        ", parameters: {region: eu, size: small}",
        ", parametersFrom: [{configMapRef: {name: region}}]",
        ", parametersFrom: [{secretRef: {name: region}}]",
        ", parametersFrom: [{secretRef: {name: region}}, {configMapRef: {name: region}}]"
      })
  void parametersAreAnotherContentOfTheSameTarget(String parameters) {
    var without = Input.of(ofFolder("", "")).orElseThrow();
    var with = Input.of(ofFolder(parameters, "")).orElseThrow();
    var other = Input.of(ofFolder(", parameters: {region: asia}", "")).orElseThrow();

    assertThat(with.target()).isEqualTo(without.target());
    assertThat(with.parameters()).isNotNull().isNotEqualTo(other.parameters());
    assertThat(with.key()).isNotEqualTo(without.key()).isNotEqualTo(other.key());
  }

  @Test
  void theOrderOfSourcesCountsAndThatOfValuesDoesNot() {
    var ab = "parametersFrom: [{secretRef: {name: a}}, {secretRef: {name: b}}]";
    var ba = "parametersFrom: [{secretRef: {name: b}}, {secretRef: {name: a}}]";

    assertThat(Input.of(ofFolder(", " + ab, ""))).isNotEqualTo(Input.of(ofFolder(", " + ba, "")));
    assertThat(Input.of(ofFolder(", parameters: {a: '1', b: '2'}", "")))
        .isPresent()
        .isEqualTo(Input.of(ofFolder(", parameters: {b: '2', a: '1'}", "")));
  }

  @Test
  void emptyParametersAreNone() {
    assertThat(Input.of(ofFolder(", parameters: {}, parametersFrom: []", "")))
        .isPresent()
        .isEqualTo(Input.of(ofFolder("", "")));
  }

  private static DatabaseMigrationSpec ofFolder(String changelog, String setting) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            image: registry.example/shop:1.42.0
            changelog: {path: drizzle%s}
            database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
            %s
            """
                .formatted(changelog, setting),
            DatabaseMigrationSpec.class);
  }

  @Test
  void partsOfAHashDoNotRunIntoEachOther() {
    assertThat(Hash.of(16, "ab", "c")).isNotEqualTo(Hash.of(16, "a", "bc"));
    assertThat(Hash.of(16, null, "-")).isNotEqualTo(Hash.of(16, "-", null));
  }
}
