package dev.sluice.operator.observation;

import dev.sluice.api.Changelog;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.ParameterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a changelog. */
public final class Parameters {
  /** One variable of the environment holds them all, and Linux takes 128 KiB in one. */
  private static final int LONGEST = 16_384;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]{0,127}");

  private Parameters() {}

  /**
   * Tells one set of values and sources from another; what is in the sources nobody reads here.
   * Null: there are none.
   */
  static @Nullable String hash(@Nullable Changelog changelog) {
    if (changelog == null
        || (changelog.parameters().isEmpty() && changelog.parametersFrom().isEmpty())) {
      return null;
    }
    var parts = new ArrayList<String>();
    parts.add(Integer.toString(changelog.parameters().size()));
    new TreeMap<>(changelog.parameters())
        .forEach((name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    changelog
        .parametersFrom()
        .forEach(source -> {
          add(parts, "configMap", source.configMapRef());
          add(parts, "secret", source.secretRef());
        });
    return Hash.of(16, parts.toArray(String[]::new));
  }

  private static void add(
      List<String> parts, String kind, ParameterSource.@Nullable Reference reference) {
    if (reference != null) {
      parts.add(kind);
      parts.add(reference.name());
      parts.add(Boolean.toString(reference.optional()));
    }
  }

  /** What the schema refuses as well; another version's may not. */
  static Optional<String> problem(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    if (changelog == null) {
      return Optional.empty();
    }
    return wrongName(changelog.parameters())
        .or(() -> tooLong(changelog.parameters()))
        .or(() -> wrongSource(changelog));
  }

  private static Optional<String> wrongName(Map<String, String> parameters) {
    return parameters.keySet().stream()
        .filter(name -> !NAME.matcher(name).matches())
        .sorted()
        .findFirst()
        .map(name ->
            "spec.changelog.parameters has the name %s, which isn't one of a parameter: a letter or '_' first, then letters, digits, '_', '.', ':' and '-', at most 128"
                .formatted(SafeText.clean(name, 128)));
  }

  private static Optional<String> tooLong(Map<String, String> parameters) {
    var length =
        parameters.entrySet().stream()
            .mapToInt(e -> characters(e.getKey()) + characters(e.getValue()))
            .sum();
    return length <= LONGEST
        ? Optional.empty()
        : Optional.of(
            "spec.changelog.parameters has more than %d characters in all: put long values into a ConfigMap and name it in spec.changelog.parametersFrom"
                .formatted(LONGEST));
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Optional<String> wrongSource(Changelog changelog) {
    return changelog.parametersFrom().stream().allMatch(Parameters::isOne)
        ? Optional.empty()
        : Optional.of(
            "spec.changelog.parametersFrom needs exactly one of configMapRef and secretRef in each"
                + " entry, with its name");
  }

  @SuppressWarnings("NullAway") // the schema requires the name; another version's may not
  private static boolean isOne(ParameterSource source) {
    var reference = source.configMapRef() == null ? source.secretRef() : source.configMapRef();
    return reference != null
        && reference.name() != null
        && (source.configMapRef() == null || source.secretRef() == null);
  }
}
