package dev.sluice.migrations.folder;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares part by part, as numbers; {@code 1.0} is {@code 1}. */
public record FlywayVersion(String text, List<BigInteger> parts)
    implements Comparable<FlywayVersion> {
  private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  public FlywayVersion {
    parts = List.copyOf(parts);
  }

  /** Empty when it isn't one; an underscore stands for a point. */
  public static Optional<FlywayVersion> of(String raw) {
    var text = raw.replace('_', '.');
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    var parts = new ArrayList<>(Stream.of(text.split("\\.")).map(BigInteger::new).toList());
    while (parts.size() > 1 && parts.getLast().signum() == 0) {
      parts.removeLast();
    }
    return Optional.of(new FlywayVersion(text, parts));
  }

  /** The same for two ways to write one version; as it is when it is none. */
  public static String normal(String raw) {
    return of(raw).map(version -> version.parts().toString()).orElse(raw);
  }

  /** Two ways to write one version. */
  public static boolean areSame(@Nullable String one, @Nullable String other) {
    return one != null && other != null && normal(one).equals(normal(other));
  }

  @Override
  public int compareTo(FlywayVersion other) {
    for (var i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      var order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int at) {
    return at < parts.size() ? parts.get(at) : BigInteger.ZERO;
  }
}
