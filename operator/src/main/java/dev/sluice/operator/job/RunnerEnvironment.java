package dev.sluice.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.AdoptMode;
import dev.sluice.api.ApprovalMode;
import dev.sluice.api.Changelog;
import dev.sluice.api.Database;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.GoDuration;
import dev.sluice.api.PodEnvVar;
import dev.sluice.api.Policy;
import dev.sluice.api.RehearsalMode;
import dev.sluice.api.RehearsalSettings;
import dev.sluice.api.Verify;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Our runner's environment; the run contract has the table. */
final class RunnerEnvironment {
  /** The only one that differs from one drawing of a run to the next. */
  static final String DEADLINE = "SLUICE_DEADLINE";

  private static final String REQUIRED = "SLUICE_REQUIRED_REVISIONS";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> variables = new LinkedHashMap<>();

  private RunnerEnvironment() {}

  static List<EnvVar> of(RunOrder order) {
    var spec = order.spec();
    var plan = order.plan();
    var ours = new RunnerEnvironment();
    ours.variables.putAll(Libpq.of(order));
    ours.put("SLUICE_REVISION", plan.input().revision());
    ours.put("SLUICE_TARGET", plan.input().target());
    ours.changelog(spec.changelog());
    ours.put("SLUICE_CONTEXTS", spec.contexts());
    ours.put("SLUICE_LABELS", spec.labels());
    ours.earlierHistory(spec);
    ours.policy(spec.policy());
    ours.approval(spec, order.desired());
    ours.rehearsal(spec.rehearsal());
    if (!plan.required().isEmpty()) {
      ours.put(REQUIRED, String.join(",", plan.required()));
    }
    ours.credentials(spec.database());
    ours.session(spec.database());
    ours.deadline(plan.left());
    ours.put("SLUICE_PROBE_PORT", Integer.toString(Probes.PORT));
    return ours.with(spec.pod().env());
  }

  /** What says where a login comes from. */
  static List<EnvVar> ofLogin(RunOrder order) {
    var ours = new RunnerEnvironment();
    ours.variables.putAll(Libpq.of(order));
    ours.put("SLUICE_REVISION", order.plan().input().revision());
    ours.credentials(order.spec().database());
    ours.deadline(order.plan().left());
    return ours.with(List.of());
  }

  /** What says which folder is looked at, and where. */
  static List<EnvVar> ofVerification(RunOrder order, Verify verify) {
    var ours = new RunnerEnvironment();
    ours.variables.putAll(Libpq.of(order));
    ours.put("SLUICE_REVISION", order.plan().input().revision());
    ours.put("SLUICE_ROOT", Mounts.FOLDER);
    ours.verification(verify);
    ours.credentials(order.spec().database());
    ours.deadline(order.plan().left());
    return ours.with(UserVariables.ofRunner(order.spec().pod().env()));
  }

  private void deadline(Duration left) {
    put(DEADLINE, GoDuration.format(Duration.ofSeconds(Math.max(1, left.toSeconds()))));
  }

  private void changelog(@Nullable Changelog changelog) {
    if (changelog != null) {
      var locations = changelog.locations();
      put("SLUICE_CHANGELOG", locations.getFirst());
      if (locations.size() > 1) {
        put("SLUICE_CHANGELOG_ALSO", String.join(",", locations.subList(1, locations.size())));
      }
      put("SLUICE_LEDGER_SCHEMA", changelog.ledger().schema());
      put("SLUICE_LEDGER_TABLE", changelog.ledger().table());
      put("SLUICE_HISTORY_SCHEMA", changelog.history().schema());
      put("SLUICE_HISTORY_TABLE", changelog.history().table());
      parameters(changelog);
    }
  }

  /** In the order of their names: the same spec draws the same Job. */
  private void parameters(Changelog changelog) {
    if (!changelog.parameters().isEmpty()) {
      var sorted = new TreeMap<>(changelog.parameters());
      put("SLUICE_PARAMETERS", JSON.<JsonNode>valueToTree(sorted).toString());
    }
    if (!changelog.parametersFrom().isEmpty()) {
      put("SLUICE_PARAMETERS_FROM", ParameterMounts.listed(changelog));
    }
  }

  private void earlierHistory(DatabaseMigrationSpec spec) {
    if (spec.adopt() != AdoptMode.Auto) {
      put("SLUICE_ADOPT", spec.adopt().name());
    }
    var baseline = spec.baseline();
    put("SLUICE_BASELINE_TO", baseline == null ? null : baseline.to());
  }

  private void policy(Policy policy) {
    put("SLUICE_OUT_OF_ORDER", policy.outOfOrder().name());
    allowed("SLUICE_MISSING", policy.missing());
    allowed("SLUICE_EDITED", policy.edited());
    if (policy.databaseAhead() == Policy.Action.Refuse) {
      put("SLUICE_DATABASE_AHEAD", policy.databaseAhead().name());
    }
  }

  private void allowed(String name, Policy.Action action) {
    if (action == Policy.Action.Allow) {
      put(name, action.name());
    }
  }

  private void approval(DatabaseMigrationSpec spec, DesiredMigration desired) {
    if (spec.approval() == ApprovalMode.Manual) {
      put("SLUICE_APPROVAL", spec.approval().name());
      put("SLUICE_APPROVED", desired.approvedDigest().orElse(null));
    }
  }

  private void rehearsal(RehearsalSettings rehearsal) {
    put("SLUICE_REHEARSAL", rehearsal.mode().name());
    if (rehearsal.mode() != RehearsalMode.Never) {
      put("SLUICE_REHEARSAL_DIR", RehearsalMounts.FOLDER);
      put("SLUICE_REHEARSAL_URL", rehearsal.image() == null ? null : RehearsalServer.URL);
      put(
          "SLUICE_REHEARSAL_URL_FILE",
          rehearsal.urlSecret() == null ? null : RehearsalMounts.URL_FILE);
    }
  }

  private void verification(Verify verify) {
    var file = verify.changelogFile();
    put("SLUICE_CHANGELOG", file == null ? "." : file);
    put("SLUICE_CONTEXTS", verify.contexts());
    put("SLUICE_LABELS", verify.labels());
    var history = verify.history();
    if (history != null) {
      put("SLUICE_LEDGER_SCHEMA", history.schema());
      put("SLUICE_LEDGER_TABLE", history.table());
    }
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

  /** The user's variables come first. */
  private List<EnvVar> with(List<PodEnvVar> users) {
    var all = new ArrayList<>(UserVariables.but(variables.keySet(), users));
    variables.forEach((name, value) -> all.add(UserVariables.literal(name, value)));
    return all;
  }
}
