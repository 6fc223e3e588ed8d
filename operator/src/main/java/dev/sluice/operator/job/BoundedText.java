package dev.sluice.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.operator.observation.SafeText;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Text in a report: fit for a status, and no longer than that takes. */
final class BoundedText {
  private BoundedText() {}

  /** Null: it is none, or nothing is left of it. */
  static @Nullable String of(JsonNode json, int longest) {
    var text = json.isTextual() ? SafeText.clean(json.textValue(), longest) : "";
    return text.isEmpty() ? null : text;
  }

  static List<String> list(JsonNode json, int most, int longest) {
    return StreamSupport.stream(json.spliterator(), false)
        .limit(most)
        .filter(JsonNode::isTextual)
        .map(e -> SafeText.clean(e.textValue(), longest))
        .filter(e -> !e.isEmpty())
        .toList();
  }
}
