package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Another tool's image, which is told by libpq's variables. It opens no port, so no probe asks. */
record OtherTool(Errand errand) implements Crew {
  @Override
  public List<Container> before() {
    return login().map(login -> List.of(login.container())).orElse(List.of());
  }

  @Override
  public Container main() {
    var spec = errand.spec();
    var image =
        Objects.requireNonNull(spec.image(), "the schema requires it beside command and args");
    var container =
        Restricted.container(PodDrawing.CONTAINER, image)
            .withResources(PodDrawing.resources(spec.pod().resources()));
    return login()
        .map(login -> toldByLogin(container, login))
        .orElseGet(() -> toldByVariables(container))
        .build();
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
    var ofTool = Mounts.ofTool(errand.spec());
    return login().map(login -> ofTool.and(login.mounts())).orElse(ofTool).volumes();
  }

  private Optional<Login> login() {
    return Login.of(errand);
  }
}
