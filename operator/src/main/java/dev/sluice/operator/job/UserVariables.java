package dev.sluice.operator.job;

import dev.sluice.api.PodEnvVar;
import dev.sluice.api.RunnerVariables;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables of {@code spec.pod.env}. */
final class UserVariables {
  private static final Pattern LOADER =
      Pattern.compile("^(LD_|GLIBC_|(JDK_JAVA_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS)$)");

  private UserVariables() {}

  /** Those that our runner takes, of another tool's. */
  static List<PodEnvVar> ofRunner(List<PodEnvVar> users) {
    return users.stream().filter(v -> RunnerVariables.isTaken(v.name())).toList();
  }

  /** Those that reach into no program of ours, which hands them on. */
  static List<PodEnvVar> handedOn(List<PodEnvVar> users) {
    return users.stream().filter(v -> !LOADER.matcher(v.name()).find()).toList();
  }

  /** None of ours is overridden. */
  static List<EnvVar> but(Set<String> taken, List<PodEnvVar> users) {
    return users.stream()
        .filter(v -> !taken.contains(v.name()))
        .map(UserVariables::variable)
        .toList();
  }

  private static EnvVar variable(PodEnvVar variable) {
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

  /** Kubernetes expands $(NAME) in values; $$ keeps a dollar a dollar. */
  static EnvVar literal(String name, String value) {
    return new EnvVar(name, escaped(value), null);
  }

  static String escaped(String value) {
    return value.replace("$", "$$");
  }
}
