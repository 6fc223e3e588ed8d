package dev.sluice.operator.job;

import dev.sluice.api.Changelog;
import dev.sluice.api.DatabaseMigrationSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies where in a container; the run contract has the table. */
record Mounts(List<Entry> entries) {
  static final String CREDENTIALS = "/var/run/sluice/credentials";
  static final String CA = "/var/run/sluice/ca";
  static final String CLIENT = "/var/run/sluice/client";
  static final String LOGIN = "/var/run/sluice/login";
  static final String FOLDER = "/var/run/sluice/folder";

  /** For root and the pod's group: libpq refuses a private key that anybody else may read. */
  private static final int SECRET = 0440;

  Mounts {
    entries = List.copyOf(entries);
  }

  static Mounts ofRunner(DatabaseMigrationSpec spec) {
    return of(Stream.of(tmp(), changelog(spec), credentials(spec), authority(spec), client(spec)));
  }

  /** Its user and password come by variables. */
  static Mounts ofTool(DatabaseMigrationSpec spec) {
    return of(Stream.of(tmp(), authority(spec), client(spec)));
  }

  /** What our program reads of a login that it doesn't try. */
  static Mounts ofLogin(DatabaseMigrationSpec spec) {
    return of(Stream.of(tmp(), credentials(spec)));
  }

  /** Memory, so that no disk sees it. */
  static Mounts login(boolean readOnly) {
    var volume =
        new VolumeBuilder()
            .withName("login")
            .withNewEmptyDir()
            .withMedium("Memory")
            .withSizeLimit(new Quantity("1Mi"))
            .endEmptyDir()
            .build();
    return new Mounts(List.of(new Entry(LOGIN, readOnly, volume)));
  }

  static Mounts folder(boolean readOnly) {
    var volume = new VolumeBuilder().withName("folder").withNewEmptyDir().endEmptyDir().build();
    return new Mounts(List.of(new Entry(FOLDER, readOnly, volume)));
  }

  Mounts and(Mounts more) {
    return new Mounts(Stream.concat(entries.stream(), more.entries.stream()).toList());
  }

  private static Mounts of(Stream<Optional<Entry>> entries) {
    return new Mounts(entries.flatMap(Optional::stream).toList());
  }

  List<Volume> volumes() {
    return entries.stream().map(Entry::volume).distinct().toList();
  }

  List<VolumeMount> mounts() {
    return entries.stream().map(Entry::mount).toList();
  }

  private static Optional<Entry> tmp() {
    var volume = new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build();
    return Optional.of(new Entry("/tmp", false, volume));
  }

  private static Optional<Entry> changelog(DatabaseMigrationSpec spec) {
    return Optional.ofNullable(spec.changelog())
        .map(Changelog::configMap)
        .map(from -> new Entry("/migrations", true, configMap("changelog", from.name(), false)));
  }

  private static Optional<Entry> credentials(DatabaseMigrationSpec spec) {
    return Optional.ofNullable(spec.database().credentials().secret())
        .map(from -> new Entry(CREDENTIALS, true, secret("credentials", from.name(), false)));
  }

  private static Optional<Entry> authority(DatabaseMigrationSpec spec) {
    return Optional.ofNullable(spec.database().tls().ca())
        .map(from -> new Entry(CA, true, configMap("ca", from.configMap().name(), false)));
  }

  private static Optional<Entry> client(DatabaseMigrationSpec spec) {
    return Optional.ofNullable(spec.database().tls().clientSecret())
        .map(from -> new Entry(CLIENT, true, secret("client", from.name(), false)));
  }

  static Volume secret(String name, String secret, boolean optional) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(SECRET)
        .withOptional(optional ? true : null)
        .endSecret()
        .build();
  }

  static Volume configMap(String name, String configMap, boolean optional) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(configMap)
        .withOptional(optional ? true : null)
        .endConfigMap()
        .build();
  }

  /** A volume and its place. */
  record Entry(String path, boolean readOnly, Volume volume) {
    VolumeMount mount() {
      return new VolumeMountBuilder()
          .withName(volume.getName())
          .withMountPath(path)
          .withReadOnly(readOnly ? true : null)
          .build();
    }
  }
}
