package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.DatabaseMigrationStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that the API server refuses, with the field and the remedy; no operator runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedIT {
  private final TestNamespace stage = new TestNamespace();

  @AfterAll
  void stop() {
    stage.close();
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "credentials: {secret: {name: shop-db}} | credentials: {} | spec.database.credentials needs"
            + " exactly one source",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s},"
            + " awsSecretsManager: {secretId: 'arn:aws:x'}} | spec.database.credentials needs"
            + " exactly one source",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s, urlKey: u,"
            + " passwordKey: p}} | spec.database.credentials.secret has urlKey beside",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s, urlKey: 'a/b'}} |"
            + " spec.database.credentials.secret.urlKey must be a key of a Secret",
        "credentials: {secret: {name: shop-db}} | credentials: {rdsIam: {username: u, region:"
            + " mars}} | spec.database.credentials.rdsIam.region must be an AWS region",
        "credentials: {secret: {name: shop-db}} | credentials: {rdsIam: {username: u, region:"
            + " eu-west-1}}, tls: {mode: require} | spec.database.tls.mode must be verify-full"
            + " with",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s}}, tls: {mode:"
            + " disable, clientSecret: {name: c}} | spec.database.tls.clientSecret is of no use",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s}}, session:"
            + " {searchPath: 'a; drop table x'} | spec.database.session.searchPath must be plain",
        "image: a/shop:1 | revision: r1 | spec.image is missing: name the migrations image, or put"
            + " the changelog into a ConfigMap",
        "image: a/shop:1 | image: a/shop | spec.revision is missing and can't be taken from"
            + " spec.image",
        "image: a/shop:1 | image: 'a/shop:1 --privileged' | spec.image is not an image reference",
        "image: a/shop:1 | {image: 'a/shop:1', revision: '../x'} | spec.revision must be letters",
        "host: db.example | host: 'db.example?sslmode=disable' | spec.database.host must be one"
            + " host name",
        "host: db.example | host: 'db.example:5432' | spec.database.host must be one host name",
        "host: db.example | host: 'a,b' | spec.database.host must be one host name",
        "host: db.example, | `` | spec.database.host is missing: set it",
        "host: db.example | {host: db.example, port: 0} | spec.database.port",
        "host: db.example | {host: db.example, port: 65536} | spec.database.port",
        "name: shop, | name: 'shop?user=x', | spec.database.name must not hold",
        "attempts: 2 | attempts: 0 | spec.run.attempts",
        "attempts: 2 | deadline: 9s | spec.run.deadline must be a duration",
        "attempts: 2 | deadline: 25h | spec.run.deadline must be a duration",
        "attempts: 2 | deadline: soon | spec.run.deadline must be a duration",
        "initial: 1s | initial: 2s | spec.run.backoff.initial must not be longer",
        "image: a/shop:1 | {image: 'a/shop:1', recheck: {interval: 59s}} | spec.recheck.interval"
            + " must be at least 1m, or 0s for never",
        "image: a/shop:1 | {image: 'a/shop:1', recheck: {interval: 721h}} | spec.recheck.interval"
            + " must be a duration",
        "image: a/shop:1 | {image: 'a/shop:1', recheck: {interval: daily}} | spec.recheck.interval"
            + " must be a duration",
        "path: root.yaml | path: ../root.yaml | spec.changelog.path must be relative",
        "path: root.yaml | path: a, paths: [a, b] | spec.changelog needs exactly one of path and"
            + " paths",
        "path: root.yaml | ledger: {table: t} | spec.changelog needs exactly one of path and paths",
        "path: root.yaml | paths: [a] | spec.changelog.paths",
        "path: root.yaml | paths: [a, ../b] | spec.changelog.paths[] must be relative",
        "path: root.yaml | paths: [a, 'b,c'] | spec.changelog.paths[] must not have a comma",
        "path: root.yaml | path: /root.yaml | spec.changelog.path must be relative",
        "path: root.yaml | path: drizzle, history: {schema: 'a b'} | spec.changelog.history.schema"
            + " must be a plain SQL identifier",
        "path: root.yaml | path: drizzle, history: {table: 'a;b'} | spec.changelog.history.table"
            + " must be a plain SQL identifier",
        "path: root.yaml | path: root.yaml, parameters: {'1st': x} | spec.changelog.parameters"
            + " holds a name that isn't one of a parameter",
        "path: root.yaml | path: root.yaml, parameters: {'a b': x} | spec.changelog.parameters"
            + " holds a name that isn't one of a parameter",
        "path: root.yaml | path: root.yaml, parameters: {count: 3} |"
            + " spec.changelog.parameters.count",
        "path: root.yaml | path: root.yaml, parametersFrom: [{}] | spec.changelog.parametersFrom[]"
            + " needs exactly one of configMapRef and secretRef",
        "path: root.yaml | path: root.yaml, parametersFrom: [{configMapRef: {name: a}, secretRef:"
            + " {name: b}}] | spec.changelog.parametersFrom[] needs exactly one of configMapRef and"
            + " secretRef",
        "path: root.yaml | path: root.yaml, parametersFrom: [{secretRef: {name: 'A b'}}] |"
            + " spec.changelog.parametersFrom[].secretRef.name is not the name of a Secret",
        "path: root.yaml | path: root.yaml, parametersFrom: [{configMapRef: {optional: true}}] |"
            + " configMapRef.name: Required value",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {env: [{name: LD_PRELOAD,value: x}]}} |"
            + " spec.pod.env must not set other variables",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {env: [{name: LIQUIBASE_SECURE_PARSING,value:"
            + " 'false'}]}} | put a changelog's values into spec.changelog.parameters",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {annotations:"
            + " {container.apparmor.security.beta.kubernetes.io/migrate: unconfined}}} |"
            + " spec.pod.annotations must not choose AppArmor profiles",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {securityContext: {runAsUser: 0}}} |"
            + " spec.pod.securityContext.runAsUser",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {securityContext: {ids: None,fsGroup: 1}}} |"
            + " spec.pod.securityContext.ids is None, which leaves",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {securityContext: {seccompProfile: {type:"
            + " Unconfined}}}} | spec.pod.securityContext.seccompProfile.type: Unsupported value",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {securityContext: {appArmorProfile: {type:"
            + " Localhost}}}} | localhostProfile goes with type Localhost",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {containerResources: {migrate: {}}}} |"
            + " spec.pod.containerResources is for the containers login, folder",
        "image: a/shop:1 | {image: 'a/shop:1', pod: {priorityClassName: 'A b'}} |"
            + " spec.pod.priorityClassName is not the name of a PriorityClass",
        "credentials: {secret: {name: shop-db}} | credentials: {secret: {name: s, usernameKey:"
            + " password}} | usernameKey is the key of the password",
        "image: a/shop:1 | {image: 'a/shop:1', adopt: Liquibase} | spec.adopt: Unsupported value:"
            + " \"Liquibase\": supported values: \"Auto\", \"Drizzle\", \"Flyway\", \"Never\"",
        "image: a/shop:1 | {image: 'a/shop:1', baseline: {}} | spec.baseline.to: Required value",
        "image: a/shop:1 | {image: 'a/shop:1', baseline: {to: ''}} | spec.baseline.to",
        "image: a/shop:1 | {image: 'a/shop:1', baseline: {to: \"a\\nb\"}} | spec.baseline.to must"
            + " be a migration of the folder, without control characters",
        "image: a/shop:1 | {image: 'a/shop:1', policy: {missing: Maybe}} | spec.policy.missing:"
            + " Unsupported value: \"Maybe\": supported values: \"Allow\", \"Refuse\"",
        "image: a/shop:1 | {image: 'a/shop:1', policy: {databaseAhead: Maybe}} |"
            + " spec.policy.databaseAhead:",
        "image: a/shop:1 | {image: 'a/shop:1', policy: {edited: Maybe}} | spec.policy.edited:"
            + " Unsupported value: \"Maybe\": supported values: \"Allow\", \"Refuse\""
      })
  void names(String good, String bad, String message) {
    var told =
        bad == null
            ? ""
            : bad.startsWith("{i") || bad.startsWith("{h")
                ? bad.substring(1, bad.length() - 1)
                : bad;
    var manifest = manifest("bad", "a/shop:1");
    var lines = told.startsWith("image") && told.contains(", ") ? told.replace(", ", "\n  ") : told;

    assertThat(manifest).contains(good);
    assertThatThrownBy(() -> stage.apply(manifest.replace(good, lines)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parametersAreBounded() {
    var long1 = parameters("a" + "b".repeat(128) + ": x");
    var value = parameters("a: " + "x".repeat(4097));
    var many =
        parameters(
            IntStream.rangeClosed(1, 101)
                .mapToObj(n -> "p" + n + ": x")
                .collect(Collectors.joining(", ")));
    var all =
        parameters(
            IntStream.rangeClosed(1, 5)
                .mapToObj(n -> "p" + n + ": " + "x".repeat(4000))
                .collect(Collectors.joining(", ")));
    var sources =
        manifest("bounded", "a/shop:1")
            .replace(
                "path: root.yaml",
                "path: root.yaml, parametersFrom: ["
                    + "{secretRef: {name: s}},".repeat(16)
                    + "{secretRef: {name: s}}]");

    assertThatThrownBy(() -> stage.apply(long1)).hasMessageContaining("at most 128");
    assertThatThrownBy(() -> stage.apply(value)).hasMessageContaining("4096");
    assertThatThrownBy(() -> stage.apply(many)).hasMessageContaining("100");
    assertThatThrownBy(() -> stage.apply(all))
        .hasMessageContaining("must not hold more than 16384 characters in all");
    assertThatThrownBy(() -> stage.apply(sources)).hasMessageContaining("16 items");
    assertThatCode(() ->
            stage.apply(
                parameters(
                    IntStream.rangeClosed(1, 100)
                        .mapToObj(n -> "p" + n + ": " + "x".repeat(160))
                        .collect(Collectors.joining(", ")))))
        .doesNotThrowAnyException();
  }

  private static String parameters(String all) {
    return manifest("bounded", "a/shop:1")
        .replace("path: root.yaml", "path: root.yaml, parameters: {" + all + "}");
  }

  @Test
  void aNameOverTheLimitIsRefused() {
    assertThatThrownBy(() -> stage.apply(manifest("n".repeat(254), "a/shop:1")))
        .hasMessageContaining("must be no more than 253");
  }

  @Test
  void theLedgerStaysOnceSomethingIsApplied() {
    var path = "{path: root.yaml}";
    var other = "{path: root.yaml, ledger: {table: other}}";
    stage.apply(manifest("kept", "a/shop:1").replace(path, other));
    stage.apply(manifest("kept", "a/shop:1"));
    stage
        .person
        .resource(stage.migration("kept"))
        .editStatus(m -> {
          var draft = new ObjectMapper().createObjectNode().put("appliedRevision", "1");
          m.setStatus(new ObjectMapper().convertValue(draft, DatabaseMigrationStatus.class));
          return m;
        });

    assertThatThrownBy(() -> stage.apply(manifest("kept", "a/shop:1").replace(path, other)))
        .hasMessageContaining("spec.changelog.ledger can't change once something is applied");
    var moved = manifest("kept", "a/shop:1").replace(path, other).replace("db.example", "new");
    assertThatCode(() -> stage.apply(moved)).doesNotThrowAnyException();
  }

  /** A pod as on OpenShift, or on a cluster of proxies: nothing of it is refused. */
  @Test
  void whatAPodMayChooseIsTaken() {
    var pod =
        """
          pod:
            securityContext: {ids: None, supplementalGroups: [5]}
            imagePullPolicy: Always
            priorityClassName: high
            affinity: {podAntiAffinity: {}}
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
            containerResources: {login: {limits: {cpu: 100m}}}
            env:
            - {name: HTTPS_PROXY, value: p}
            - {name: no_proxy, value: .svc}
            - {name: AWS_ENDPOINT_URL, value: u}
            - {name: TZ, value: UTC}
            - {name: APP_NAME, value: shop}
        """;

    assertThatCode(() -> stage.apply(manifest("chooses", "a/shop:1") + pod))
        .doesNotThrowAnyException();
    assertThat(stage.migration("chooses").getSpec().pod().affinity()).isNotNull();
  }

  @Test
  void aFreshObjectReadsAsUnseen() {
    stage.apply(manifest("fresh", "a/shop:1"));

    assertThat(stage.status("fresh").observedGeneration()).isEqualTo(-1);
  }
}
