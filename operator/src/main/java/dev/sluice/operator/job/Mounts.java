package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.stream.Stream;

/** What lies where in the container; the run contract has the table. */
final class Mounts {
  static final String CREDENTIALS = "/var/run/sluice/credentials";
  static final String CA = "/var/run/sluice/ca";
  static final String CLIENT = "/var/run/sluice/client";

  private Mounts() {}

  static List<Volume> volumes(DatabaseMigrationSpec spec) {
    return entries(spec).map(Entry::volume).toList();
  }

  static List<VolumeMount> mounts(DatabaseMigrationSpec spec) {
    return entries(spec).map(Entry::mount).toList();
  }

  private static Stream<Entry> entries(DatabaseMigrationSpec spec) {
    var entries = Stream.<Entry>builder();
    entries.add(
        new Entry(
            "/tmp",
            false,
            new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build()));
    var configMap = spec.changelog().configMap();
    if (configMap != null) {
      entries.add(new Entry("/migrations", true, configMap("changelog", configMap.name())));
    }
    var secret = spec.database().credentials().secret();
    if (secret != null) {
      entries.add(new Entry(CREDENTIALS, true, secret("credentials", secret.name())));
    }
    var ca = spec.database().tls().ca();
    if (ca != null) {
      entries.add(new Entry(CA, true, configMap("ca", ca.configMap().name())));
    }
    var client = spec.database().tls().clientSecret();
    if (client != null) {
      entries.add(new Entry(CLIENT, true, secret("client", client.name())));
    }
    return entries.build();
  }

  private static Volume secret(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .endSecret()
        .build();
  }

  private static Volume configMap(String name, String configMap) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .build();
  }

  private record Entry(String path, boolean readOnly, Volume volume) {
    VolumeMount mount() {
      return new VolumeMountBuilder()
          .withName(volume.getName())
          .withMountPath(path)
          .withReadOnly(readOnly ? true : null)
          .build();
    }
  }
}
