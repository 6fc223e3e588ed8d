package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Another tool's image, which is told by libpq's variables. It opens no port, so no probe asks. */
record OtherTool(Errand errand) implements Crew {
  @Override
  public List<Container> before() {
    var login = login().map(Login::container).stream();
    var verified = verification().stream().flatMap(v -> Stream.of(v.folder(), tool()));
    return Stream.concat(login, verified).toList();
  }

  @Override
  public Container main() {
    return verification().map(Verification::container).orElseGet(this::tool);
  }

  private Container tool() {
    var container =
        Restricted.container(PodDrawing.CONTAINER, image())
            .withResources(PodDrawing.resources(errand.spec().pod().resources()));
    return login()
        .map(login -> toldByLogin(container, login))
        .orElseGet(() -> toldByVariables(container))
        .build();
  }

  private String image() {
    return Objects.requireNonNull(
        errand.spec().image(), "the schema requires it beside command and args");
  }

  private ContainerBuilder toldByVariables(ContainerBuilder container) {
    return container
        .withCommand(errand.spec().command())
        .withArgs(errand.spec().args())
        .withEnv(ToolEnvironment.of(errand))
        .withVolumeMounts(Mounts.ofTool(errand.spec()).mounts());
  }

  private ContainerBuilder toldByLogin(ContainerBuilder container, Login login) {
    return container
        .withCommand(login.shell())
        .withEnv(ToolEnvironment.of(errand, login.late()))
        .withVolumeMounts(Mounts.ofTool(errand.spec()).and(Mounts.login(true)).mounts());
  }

  @Override
  public List<Volume> volumes() {
    var all = Mounts.ofTool(errand.spec());
    var withLogin = login().map(login -> all.and(login.mounts())).orElse(all);
    return verification().map(v -> withLogin.and(v.mounts())).orElse(withLogin).volumes();
  }

  private Optional<Verification> verification() {
    return Optional.ofNullable(errand.spec().verify())
        .map(verify -> new Verification(errand, image(), verify));
  }

  private Optional<Login> login() {
    return Login.of(errand);
  }
}
