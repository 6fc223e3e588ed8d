package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container of ours before another tool's: it fetches a login that Kubernetes can't give, and
 * hands it over in memory, with all that refers to it expanded.
 */
record LoginContainer(RunOrder order) {
  private static final String SCRIPT = ". " + Mounts.LOGIN + "/env && exec \"$@\"";

  /** What it needs is our program with the client of AWS in it. */
  static final PodSettings.Resources RESOURCES =
      new PodSettings.Resources(
          Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi")),
          Map.of("memory", new Quantity("384Mi")));

  /** Empty: a Secret has user and password under keys of their own, which the kubelet reads. */
  static Optional<LoginContainer> of(RunOrder order) {
    var secret = order.spec().database().credentials().secret();
    return secret == null || secret.urlKey() != null
        ? Optional.of(new LoginContainer(order))
        : Optional.empty();
  }

  /** The tool's own command and arguments come from what is read first. */
  List<String> shell() {
    return List.of("/bin/sh", "-c", SCRIPT, "sluice");
  }

  LateVariables late() {
    return LateVariables.of(order.spec());
  }

  Mounts mounts() {
    return Mounts.ofLogin(order.spec()).and(Mounts.login(false));
  }

  Container container() {
    var spec = order.spec();
    var words = Stream.concat(spec.command().stream(), spec.args().stream());
    return RunnerLayout.container(ContainerRole.LOGIN, order.runner(), "login")
        .addToArgs("--")
        .addAllToArgs(words.map(UserVariables::escaped).toList())
        .withEnv(environment())
        .withVolumeMounts(mounts().mounts())
        .withResources(PodResources.of(RESOURCES))
        .build();
  }

  private List<EnvVar> environment() {
    var late = late();
    var all = new ArrayList<>(RunnerEnvironment.ofLogin(order));
    all.add(new EnvVar("SLUICE_LOGIN", Mounts.LOGIN, null));
    if (!late.names().isEmpty()) {
      all.add(new EnvVar("SLUICE_LOGIN_ENV", String.join(" ", late.names()), null));
    }
    var taken = all.stream().map(EnvVar::getName).collect(Collectors.toSet());
    all.addAll(late.unexpanded(taken, UserVariables.handedOn(order.spec().pod().env())));
    return all;
  }
}
