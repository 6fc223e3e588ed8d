package dev.sluice.operator.job;

import dev.sluice.api.RehearsalMode;
import dev.sluice.api.RehearsalSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rehearsal needs in the container of the runner. */
final class RehearsalMounts {
  static final String FOLDER = "/rehearsal";
  static final String URL_FILE = "/var/run/sluice/rehearsal/url";

  private static final String URL_FOLDER = "/var/run/sluice/rehearsal";
  private static final String URL_NAME = "url";

  /**
   * An empty database takes 40 MB, its write-ahead log up to 1 GB. Without a limit a migration that
   * fills a table without end would fill the node's disk, and other pods would be evicted.
   */
  private static final Quantity LIMIT = new Quantity("2Gi");

  private RehearsalMounts() {}

  static Mounts of(RehearsalSettings rehearsal) {
    if (rehearsal.mode() == RehearsalMode.Never) {
      return new Mounts(List.of());
    }
    var folder = new Mounts.Entry(FOLDER, false, scratch("rehearsal"));
    return new Mounts(Stream.concat(Stream.of(folder), url(rehearsal).stream()).toList());
  }

  /** On disk: what the server has cached of it isn't counted as memory of the container. */
  static Volume scratch(String name) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withSizeLimit(LIMIT)
        .endEmptyDir()
        .build();
  }

  /** That key alone, whatever else the Secret has. */
  private static Optional<Mounts.Entry> url(RehearsalSettings rehearsal) {
    return Optional.ofNullable(rehearsal.urlSecret())
        .map(from ->
            new VolumeBuilder(Mounts.secret("rehearsal-url", from.name(), false))
                .editSecret()
                .addNewItem()
                .withKey(from.key())
                .withPath(URL_NAME)
                .endItem()
                .endSecret()
                .build())
        .map(volume -> new Mounts.Entry(URL_FOLDER, true, volume));
  }
}
