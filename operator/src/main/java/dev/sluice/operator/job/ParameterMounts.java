package dev.sluice.operator.job;

import dev.sluice.api.Changelog;
import dev.sluice.api.ParameterSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMaps and Secrets with parameters of the changelog, each in a folder of its own, by its
 * place in the list.
 */
final class ParameterMounts {
  private static final String FOLDERS = "/var/run/sluice/parameters/";

  private ParameterMounts() {}

  static Mounts of(@Nullable Changelog changelog) {
    var sources = changelog == null ? List.<ParameterSource>of() : changelog.parametersFrom();
    return new Mounts(
        IntStream.range(0, sources.size())
            .mapToObj(place -> new Mounts.Entry(FOLDERS + place, true, volume(sources, place)))
            .toList());
  }

  /** As the runner is told of them, in their order; empty: there are none. */
  static String listed(Changelog changelog) {
    var sources = changelog.parametersFrom();
    return IntStream.range(0, sources.size())
        .mapToObj(place -> kind(sources.get(place)) + ":" + FOLDERS + place)
        .collect(Collectors.joining(","));
  }

  private static String kind(ParameterSource source) {
    return source.configMapRef() == null ? "secret" : "configMap";
  }

  private static Volume volume(List<ParameterSource> sources, int place) {
    var name = "parameters-" + place;
    var source = sources.get(place);
    var configMap = source.configMapRef();
    if (configMap != null) {
      return Mounts.configMap(name, configMap.name(), configMap.optional());
    }
    var secret = source.secretRef();
    if (secret == null) {
      throw new IllegalArgumentException("neither of both, which a spec that is read has");
    }
    return Mounts.secret(name, secret.name(), secret.optional());
  }
}
