package dev.sluice.operator.job;

import dev.sluice.api.Database;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.GoDuration;
import dev.sluice.api.Tls;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Goal;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container's environment; the run contract has the table. */
final class Environment {
  private final Map<String, String> variables = new LinkedHashMap<>();

  private Environment() {}

  static List<EnvVar> of(Goal goal, DatabaseMigrationSpec spec, Plan plan) {
    var ours = new Environment();
    ours.database(spec.database());
    ours.put(
        "PGAPPNAME",
        cut("sluice/" + goal.namespace() + "/" + goal.name() + "/" + plan.input().revision()));
    ours.put("SLUICE_REVISION", plan.input().revision());
    ours.put("SLUICE_TARGET", plan.input().target());
    ours.put("SLUICE_CHANGELOG", spec.changelog().path());
    ours.put("SLUICE_LEDGER_SCHEMA", spec.changelog().ledger().schema());
    ours.put("SLUICE_LEDGER_TABLE", spec.changelog().ledger().table());
    ours.put("SLUICE_CONTEXTS", spec.contexts());
    ours.put("SLUICE_LABELS", spec.labels());
    ours.put("SLUICE_OUT_OF_ORDER", spec.policy().outOfOrder().name());
    ours.credentials(spec.database());
    ours.session(spec.database());
    ours.put(
        "SLUICE_DEADLINE",
        GoDuration.format(Duration.ofSeconds(Math.max(1, plan.left().toSeconds()))));
    ours.put("SLUICE_PROBE_PORT", Integer.toString(Probes.PORT));
    return ours.with(spec.pod().env());
  }

  private void database(Database database) {
    put("PGHOST", database.host());
    put("PGPORT", database.port() == null ? null : database.port().toString());
    put("PGDATABASE", database.name());
    put("PGSSLMODE", sslMode(database));
    var ca = database.tls().ca();
    put("PGSSLROOTCERT", ca == null ? null : Mounts.CA + "/" + ca.configMap().key());
    var client = database.tls().clientSecret();
    if (client != null) {
      put("PGSSLCERT", Mounts.CLIENT + "/" + client.certKey());
      put("PGSSLKEY", Mounts.CLIENT + "/" + client.keyKey());
    }
  }

  /** Null: a URL may say it, and the runner takes verify-full when it doesn't. */
  private static @Nullable String sslMode(Database database) {
    var mode = database.tls().mode();
    if (mode != null) {
      return mode.libpq();
    }
    var secret = database.credentials().secret();
    return secret != null && secret.urlKey() != null ? null : Tls.Mode.VERIFY_FULL.libpq();
  }

  private void credentials(Database database) {
    var secret = database.credentials().secret();
    if (secret != null) {
      put("SLUICE_CREDENTIALS", Mounts.CREDENTIALS);
      put("SLUICE_URL_KEY", secret.urlKey());
      if (secret.urlKey() == null) {
        put("SLUICE_USERNAME_KEY", secret.usernameKey());
        put("SLUICE_PASSWORD_KEY", secret.passwordKey());
      }
    }
    var aws = database.credentials().awsSecretsManager();
    if (aws != null) {
      put("SLUICE_AWS_SECRET_ID", aws.secretId());
      put("AWS_REGION", aws.region());
    }
    var iam = database.credentials().rdsIam();
    if (iam != null) {
      put("SLUICE_RDS_IAM_USER", iam.username());
      put("AWS_REGION", iam.region());
    }
  }

  private void session(Database database) {
    put("SLUICE_ROLE", database.session().role());
    put("SLUICE_SEARCH_PATH", database.session().searchPath());
    put("SLUICE_LOCK_TIMEOUT", GoDuration.format(database.session().lockTimeout()));
    put("SLUICE_STATEMENT_TIMEOUT", GoDuration.format(database.session().statementTimeout()));
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  /** The user's variables come first, so that none of ours is overridden. */
  private List<EnvVar> with(List<dev.sluice.api.EnvVar> users) {
    var taken = new HashSet<>(variables.keySet());
    var all = new ArrayList<EnvVar>();
    users.stream()
        .filter(v -> !taken.contains(v.name()))
        .map(Environment::variable)
        .forEach(all::add);
    // Kubernetes expands $(NAME) in values; $$ keeps a dollar a dollar
    variables.forEach((name, value) -> all.add(new EnvVar(name, value.replace("$", "$$"), null)));
    return all;
  }

  private static EnvVar variable(dev.sluice.api.EnvVar variable) {
    var from = variable.valueFrom();
    var built = new EnvVarBuilder().withName(variable.name()).withValue(variable.value());
    if (from != null && from.secretKeyRef() != null) {
      var key = from.secretKeyRef();
      built
          .withNewValueFrom()
          .withNewSecretKeyRef(key.key(), key.name(), key.optional())
          .endValueFrom();
    } else if (from != null && from.configMapKeyRef() != null) {
      var key = from.configMapKeyRef();
      built
          .withNewValueFrom()
          .withNewConfigMapKeyRef(key.key(), key.name(), key.optional())
          .endValueFrom();
    } else if (from != null && from.fieldRef() != null) {
      built.withNewValueFrom().withNewFieldRef(null, from.fieldRef().fieldPath()).endValueFrom();
    }
    return built.build();
  }

  private static String cut(String name) {
    return name.length() <= 63 ? name : name.substring(0, 63);
  }
}
