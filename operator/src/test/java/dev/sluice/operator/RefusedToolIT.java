package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server refuses of another tool's image; no operator runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedToolIT {
  private final TestNamespace stage = new TestNamespace();

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void aGoodOneIsTaken() {
    assertThatCode(() -> stage.apply(tool("name: good"))).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "image: 'a/flyway:1' | revision: '1' | spec.image is missing: spec.command and spec.args"
            + " run another tool's image",
        "args: [migrate] | changelog: {path: root.yaml} | spec.changelog is read by Sluice's own"
            + " runner only",
        "args: [migrate] | changelog: {path: ., parameters: {a: b}} | spec.changelog is read by"
            + " Sluice's own runner only",
        "args: [migrate] | contexts: prod | spec.contexts is read by Sluice's own runner only",
        "args: [migrate] | labels: shop | spec.labels is read by Sluice's own runner only",
        "args: [migrate] | adopt: Flyway | spec.adopt is read by Sluice's own runner only",
        "args: [migrate] | baseline: {to: '7'} | spec.baseline is read by Sluice's own runner only",
        "args: [migrate] | policy: {missing: Allow} | spec.policy is read by Sluice's own runner"
            + " only",
        "args: [migrate] | policy: {outOfOrder: Allow} | spec.policy is read by Sluice's own runner"
            + " only",
        "args: [migrate] | approval: Manual | spec.approval must be Automatic beside spec.command"
            + " and spec.args",
        "name: shop, | name: shop, session: {role: owner}, | spec.database.session is read by"
            + " Sluice's own runner only",
        "args: [migrate] | args: ['-password=$(PGPASSWORD)'] | spec.args holds $(PGPASSWORD)",
        "command: [flyway] | command: [sh, -c, 'flyway $(PGPASSWORD)'] | spec.command holds"
            + " $(PGPASSWORD)",
        "args: [migrate] | verify: {changelog: -rf} | spec.verify.changelog must be a folder",
        "args: [migrate] | verify: {changelog: /m, changelogFile: ../root.sql} |"
            + " spec.verify.changelogFile must be relative to spec.verify.changelog",
        "args: [migrate] | verify: {changelog: /m, contexts: prod} | spec.verify.contexts is for"
            + " Liquibase",
        "args: [migrate] | verify: {changelog: /m, labels: prod} | spec.verify.labels is for"
            + " Liquibase",
        "args: [migrate] | verify: {changelog: /m, history: {schema: 'a b'}} |"
            + " spec.verify.history.schema must be a plain SQL identifier",
        "args: [migrate] | verify: {changelog: /m, history: {table: 'a;b'}} |"
            + " spec.verify.history.table must be a plain SQL identifier",
        "args: [migrate] | args: [] | spec.args",
        "command: [flyway] | command: [] | spec.command"
      })
  void names(String good, String bad, String message) {
    var manifest = tool("name: bad");

    assertThatThrownBy(() -> stage.apply(manifest.replace(good, bad)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aComparisonWithLiquibaseIsTaken() {
    var verified =
        tool("name: verified")
            + "  verify: {changelog: /m, changelogFile: db/root.sql, contexts: prod, labels: a or"
            + " b, history: {schema: audit, table: Changes}}\n";

    assertThatCode(() -> stage.apply(verified)).doesNotThrowAnyException();
  }

  @Test
  void withoutThemAChangelogIsNeeded() {
    var neither = tool("name: bad").replace("  command: [flyway]\n  args: [migrate]\n", "");

    assertThatThrownBy(() -> stage.apply(neither))
        .hasMessageContaining("spec.changelog is missing: say in spec.changelog.path");
    var verified = neither + "  changelog: {path: root.yaml}\n  verify: {changelog: /sql}\n";
    assertThatThrownBy(() -> stage.apply(verified))
        .hasMessageContaining("spec.verify compares the history of another tool");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{secret: {name: shop-db, urlKey: url}}",
        "{awsSecretsManager: {secretId: shop/db, region: eu-west-1}}",
        "{rdsIam: {username: ann, region: eu-west-1}}"
      })
  void aLoginThatIsHandedOverNeedsACommand(String credentials) {
    var without =
        tool("name: bad")
            .replace("  command: [flyway]\n", "")
            .replace("{secret: {name: shop-db}}", credentials);

    assertThatThrownBy(() -> stage.apply(without))
        .hasMessageContaining("spec.command is missing: a login from a URL or from AWS");
  }

  @Test
  void wordsAreBounded() {
    var long1 = tool("name: bad").replace("migrate", "m".repeat(1025));
    var many = tool("name: bad").replace("[migrate]", "[" + "m,".repeat(64) + "m]");

    assertThatThrownBy(() -> stage.apply(long1)).hasMessageContaining("spec.args");
    assertThatThrownBy(() -> stage.apply(many)).hasMessageContaining("spec.args");
  }

  private static String tool(String name) {
    return """
    apiVersion: sluice.dev/v1alpha1
    kind: DatabaseMigration
    metadata: {%s}
    spec:
      image: 'a/flyway:1'
      command: [flyway]
      args: [migrate]
      database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
    """
        .formatted(name);
  }
}
