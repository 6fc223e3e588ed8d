package dev.sluice.operator.observation;

import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.RunnerVariables;
import java.util.Optional;

/** What of {@code spec.pod} the schema refuses as well; another version's may not. */
final class RefusedPodSettings {
  private RefusedPodSettings() {}

  static Optional<String> problem(DatabaseMigrationSpec spec) {
    return variable(spec).or(() -> annotation(spec));
  }

  private static Optional<String> variable(DatabaseMigrationSpec spec) {
    return spec.ofAnotherTool()
        ? Optional.empty()
        : RunnerVariables.problem(spec.pod().env()).map(text -> SafeText.clean(text, 600));
  }

  private static Optional<String> annotation(DatabaseMigrationSpec spec) {
    return spec.pod().annotations().keySet().stream()
        .filter(key -> key.startsWith(Annotations.APP_ARMOR))
        .sorted()
        .findFirst()
        .map(key ->
            "spec.pod.annotations must not hold %s: name the profile in spec.pod.securityContext.appArmorProfile"
                .formatted(SafeText.clean(key, 317)));
  }
}
