package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import dev.sluice.api.RehearsalMode;
import dev.sluice.api.RehearsalSettings;
import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own PostgreSQL, as a sidecar of the runner that only the pod can reach. Its image is
 * the official one or built on it: the entry point makes the database, as any user.
 */
record RehearsalServer(String image) {
  /** Not {@code postgres}: the migrations' own role may be called that, and is no superuser. */
  private static final String SUPERUSER = "sluice_rehearsal";

  static final String URL =
      "postgresql://" + SUPERUSER + "@127.0.0.1:54321/postgres?sslmode=disable";

  private static final String FOLDER = "/var/lib/postgresql/rehearsal";

  /** What is lost when it crashes was to be thrown away. */
  private static final List<String> ARGS =
      List.of(
          "postgres",
          "-c",
          "listen_addresses=127.0.0.1",
          "-p",
          "54321",
          "-c",
          "shared_buffers=16MB",
          "-c",
          "fsync=off",
          "-c",
          "full_page_writes=off",
          "-c",
          "synchronous_commit=off");

  private static final PodSettings.Resources RESOURCES =
      new PodSettings.Resources(
          Map.of("cpu", new Quantity("50m"), "memory", new Quantity("128Mi")),
          Map.of("memory", new Quantity("512Mi")));

  /** Empty: the runner has a server of its own, or the URL of one. */
  static Optional<RehearsalServer> of(RehearsalSettings rehearsal) {
    return Optional.ofNullable(rehearsal.image())
        .filter(_ -> rehearsal.mode() != RehearsalMode.Never)
        .map(RehearsalServer::new);
  }

  Container container() {
    return RestrictedSecurity.container(ContainerRole.REHEARSAL_SERVER, image)
        // beside the runner, and no end of it is the run's
        .withRestartPolicy("Always")
        .withArgs(ARGS)
        .withEnv(
            // a folder of its own: PostgreSQL sets its mode, which the volume's root belies
            new EnvVar("PGDATA", FOLDER + "/data", null),
            new EnvVar("POSTGRES_USER", SUPERUSER, null),
            new EnvVar("POSTGRES_HOST_AUTH_METHOD", "trust", null))
        .withVolumeMounts(mounts().mounts())
        .withResources(PodResources.of(RESOURCES))
        .build();
  }

  Mounts mounts() {
    return new Mounts(
        List.of(
            new Mounts.Entry(FOLDER, false, RehearsalMounts.scratch("rehearsal-server")),
            new Mounts.Entry(
                "/var/run/postgresql", false, RehearsalMounts.scratch("rehearsal-server-run")),
            new Mounts.Entry("/tmp", false, RehearsalMounts.scratch("rehearsal-server-tmp"))));
  }
}
