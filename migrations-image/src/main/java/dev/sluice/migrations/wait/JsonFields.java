package dev.sluice.migrations.wait;

import dev.sluice.migrations.text.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON object; what isn't there, or is something else, is empty. */
record JsonFields(Map<?, ?> all) {
  static JsonFields parse(String text) throws Json.BadException {
    return of(Json.parse(text));
  }

  private static JsonFields of(@Nullable Object value) {
    return new JsonFields(value instanceof Map<?, ?> map ? map : Map.of());
  }

  JsonFields fields(String name) {
    return of(all.get(name));
  }

  Stream<JsonFields> each(String name) {
    return all.get(name) instanceof List<?> list ? list.stream().map(JsonFields::of) : Stream.of();
  }

  String text(String name) {
    return all.get(name) instanceof String text ? text : "";
  }

  /** -1: it isn't there. */
  long number(String name) {
    return all.get(name) instanceof Number number ? number.longValue() : -1;
  }
}
