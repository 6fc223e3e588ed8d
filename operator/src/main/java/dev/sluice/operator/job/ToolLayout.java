package dev.sluice.operator.job;

import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Another tool's image, configured by libpq's variables. It opens no port, so it has no probes. */
record ToolLayout(RunOrder order) implements PodLayout {
  @Override
  public List<Container> before() {
    var login = login().map(LoginContainer::container).stream();
    var verified = verification().stream().flatMap(v -> Stream.of(v.folder(), tool()));
    return Stream.concat(login, verified).toList();
  }

  @Override
  public Container main() {
    return verification().map(VerificationContainers::container).orElseGet(this::tool);
  }

  private Container tool() {
    var container =
        RestrictedSecurity.container(ContainerRole.MIGRATE, image())
            .withResources(PodResources.of(order.spec().pod().resources()));
    return login()
        .map(login -> configuredByLogin(container, login))
        .orElseGet(() -> configuredByVariables(container))
        .build();
  }

  private String image() {
    return Objects.requireNonNull(
        order.spec().image(), "the schema requires it beside command and args");
  }

  private ContainerBuilder configuredByVariables(ContainerBuilder container) {
    return container
        .withCommand(order.spec().command())
        .withArgs(order.spec().args())
        .withEnv(ToolEnvironment.of(order))
        .withVolumeMounts(Mounts.ofTool(order.spec()).mounts());
  }

  private ContainerBuilder configuredByLogin(ContainerBuilder container, LoginContainer login) {
    return container
        .withCommand(login.shell())
        .withEnv(ToolEnvironment.of(order, login.late()))
        .withVolumeMounts(Mounts.ofTool(order.spec()).and(Mounts.login(true)).mounts());
  }

  @Override
  public List<Volume> volumes() {
    var all = Mounts.ofTool(order.spec());
    var withLogin = login().map(login -> all.and(login.mounts())).orElse(all);
    return verification().map(v -> withLogin.and(v.mounts())).orElse(withLogin).volumes();
  }

  private Optional<VerificationContainers> verification() {
    return Optional.ofNullable(order.spec().verify())
        .map(verify -> new VerificationContainers(order, image(), verify));
  }

  private Optional<LoginContainer> login() {
    return LoginContainer.of(order);
  }
}
