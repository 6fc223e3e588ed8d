package dev.sluice.operator.job;

import dev.sluice.api.Credentials.SecretReference;
import dev.sluice.api.PodEnvVar;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Another tool's environment: libpq's variables first, so that the user's may refer to them. */
final class ToolEnvironment {
  private static final String USUAL_PORT = "5432";

  private ToolEnvironment() {}

  /** User and password from a Secret. */
  static List<EnvVar> of(RunOrder order) {
    var ours = Libpq.of(order);
    ours.putIfAbsent("PGPORT", USUAL_PORT);
    var all = literals(order, ours);
    all.addAll(login(order.spec().database().credentials().secret()));
    return withUsers(all, order.spec().pod().env());
  }

  /** What only the login knows comes from there. */
  static List<EnvVar> of(RunOrder order, LateVariables late) {
    var users = order.spec().pod().env();
    return withUsers(
        literals(order, Libpq.of(order)),
        users.stream().filter(v -> !late.names().contains(v.name())).toList());
  }

  private static List<EnvVar> literals(RunOrder order, SequencedMap<String, String> ours) {
    ours.put("SLUICE_REVISION", order.plan().input().revision());
    // the user 65532 has none in most images, and the root is read-only
    if (order.spec().pod().env().stream().noneMatch(v -> v.name().equals("HOME"))) {
      ours.put("HOME", "/tmp");
    }
    var all = new ArrayList<EnvVar>();
    ours.forEach((name, value) -> all.add(UserVariables.literal(name, value)));
    return all;
  }

  private static List<EnvVar> withUsers(List<EnvVar> ours, List<PodEnvVar> users) {
    var taken = ours.stream().map(EnvVar::getName).collect(Collectors.toSet());
    var all = new ArrayList<>(ours);
    all.addAll(UserVariables.but(taken, users));
    return all;
  }

  /** The kubelet reads the Secret, nobody else. */
  private static List<EnvVar> login(@Nullable SecretReference secret) {
    if (secret == null || secret.usernameKey() == null || secret.passwordKey() == null) {
      return List.of();
    }
    return List.of(
        from("PGUSER", secret.name(), secret.usernameKey()),
        from("PGPASSWORD", secret.name(), secret.passwordKey()));
  }

  private static EnvVar from(String name, String secret, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, null)
        .endValueFrom()
        .build();
  }
}
