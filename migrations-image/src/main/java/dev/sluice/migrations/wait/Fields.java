package dev.sluice.migrations.wait;

import dev.sluice.migrations.text.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON object; what isn't there, or is something else, is empty. */
record Fields(Map<?, ?> all) {
  static Fields parse(String text) throws Json.BadException {
    return of(Json.parse(text));
  }

  private static Fields of(@Nullable Object value) {
    return new Fields(value instanceof Map<?, ?> map ? map : Map.of());
  }

  Fields fields(String name) {
    return of(all.get(name));
  }

  Stream<Fields> each(String name) {
    return all.get(name) instanceof List<?> list ? list.stream().map(Fields::of) : Stream.of();
  }

  String text(String name) {
    return all.get(name) instanceof String text ? text : "";
  }

  /** -1: it isn't there. */
  long number(String name) {
    return all.get(name) instanceof Number number ? number.longValue() : -1;
  }
}
