package dev.sluice.authoring.catalog;

import dev.sluice.migrations.postgres.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name in its parts, the schema first, or the schema alone. */
public record ObjectName(List<String> parts) implements Comparable<ObjectName> {
  private static final String USUAL = "public";

  public ObjectName {
    parts = List.copyOf(parts);
  }

  public static ObjectName of(String... parts) {
    return new ObjectName(List.of(parts));
  }

  /** Of something in it. */
  public ObjectName with(String part) {
    return new ObjectName(Stream.concat(parts.stream(), Stream.of(part)).toList());
  }

  public String last() {
    return parts.getLast();
  }

  public String schema() {
    return parts.getFirst();
  }

  /** What it is in. */
  public ObjectName parent() {
    return new ObjectName(parts.subList(0, parts.size() - 1));
  }

  /** For statements. */
  public String sql() {
    return parts.stream().map(Sql::quoted).collect(Collectors.joining("."));
  }

  /** Whether people may mean this one by that: the schema {@code public} needn't be said. */
  public boolean isCalled(String words) {
    return words.equals(String.join(".", parts)) || words.equals(toString());
  }

  /** As people say it. */
  @Override
  public String toString() {
    return parts.size() > 1 && schema().equals(USUAL)
        ? String.join(".", parts.subList(1, parts.size()))
        : String.join(".", parts);
  }

  @Override
  public int compareTo(ObjectName other) {
    return String.join("\0", parts).compareTo(String.join("\0", other.parts));
  }
}
