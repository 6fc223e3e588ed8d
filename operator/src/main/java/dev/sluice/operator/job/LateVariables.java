package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.PodEnvVar;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The user's variables that refer to what only the login knows: the login expands them, where
 * Kubernetes would leave them as they are.
 */
record LateVariables(List<String> names) {
  LateVariables {
    names = List.copyOf(names);
  }

  static LateVariables of(DatabaseMigrationSpec spec) {
    var unknown = new LinkedHashSet<>(List.of("PGUSER", "PGPASSWORD"));
    var database = spec.database();
    if (database.host() == null) {
      unknown.add("PGHOST");
    }
    if (database.port() == null) {
      unknown.add("PGPORT");
    }
    if (database.name() == null) {
      unknown.add("PGDATABASE");
    }
    if (Libpq.sslMode(database) == null) {
      unknown.add("PGSSLMODE");
    }
    var names = new ArrayList<String>();
    for (var variable : UserVariables.handedOn(spec.pod().env())) {
      if (refers(variable, unknown)) {
        names.add(variable.name());
        unknown.add(variable.name());
      }
    }
    return new LateVariables(names);
  }

  private static boolean refers(PodEnvVar variable, Set<String> unknown) {
    var value = variable.value();
    return value != null && unknown.stream().anyMatch(name -> value.contains("$(" + name + ")"));
  }

  /** All of them for the login, these as they are written. */
  List<EnvVar> unexpanded(Set<String> taken, List<PodEnvVar> users) {
    return UserVariables.but(taken, users).stream()
        .map(
            v -> names.contains(v.getName()) ? UserVariables.literal(v.getName(), v.getValue()) : v)
        .toList();
  }
}
