package dev.sluice.operator.job;

import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An image with our runner in it, configured by its environment. */
record RunnerLayout(RunOrder order) implements PodLayout {
  private static final String[] PROGRAM = {"/opt/sluice/jre/bin/java", "@/opt/sluice/sluice"};

  /** A container of ours that does something else. */
  static ContainerBuilder container(ContainerRole role, String image, String command) {
    return RestrictedSecurity.container(role, image).withCommand(PROGRAM).withArgs(command);
  }

  @Override
  public List<Container> before() {
    return server().map(RehearsalServer::container).stream().toList();
  }

  @Override
  public Container main() {
    var spec = order.spec();
    var left = order.plan().left();
    var image = Objects.requireNonNullElse(spec.image(), order.runner());
    return container(ContainerRole.MIGRATE, image, "run")
        .withEnv(RunnerEnvironment.of(order))
        .withVolumeMounts(mounts().mounts())
        .withResources(PodResources.of(spec.pod().resources()))
        .withStartupProbe(Probes.connected(left))
        .withReadinessProbe(Probes.locked())
        .build();
  }

  @Override
  public List<Volume> volumes() {
    return server().map(server -> mounts().and(server.mounts())).orElse(mounts()).volumes();
  }

  private Mounts mounts() {
    var spec = order.spec();
    return Mounts.ofRunner(spec)
        .and(ParameterMounts.of(spec.changelog()))
        .and(RehearsalMounts.of(spec.rehearsal()));
  }

  private Optional<RehearsalServer> server() {
    return RehearsalServer.of(order.spec().rehearsal());
  }
}
