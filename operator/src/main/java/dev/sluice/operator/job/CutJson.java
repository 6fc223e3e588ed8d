package dev.sluice.operator.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object that may be cut off: what is whole counts. The kubelet keeps 12,288 bytes of the
 * termination messages of a pod, and cuts that of each container to an equal share.
 */
record CutJson(ObjectMapper mapper, JsonParser parser, int length) {
  /** Empty when it is no object. */
  static JsonNode read(ObjectMapper mapper, String text) throws IOException {
    try (var parser = mapper.createParser(text)) {
      return new CutJson(mapper, parser, text.length()).read();
    }
  }

  private JsonNode read() throws IOException {
    var json = mapper.createObjectNode();
    if (next() == JsonToken.START_OBJECT) {
      fill(json);
    }
    return json;
  }

  /** Null: cut off, or no JSON from here on. */
  private @Nullable JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** False when it is cut off. */
  private boolean fill(ObjectNode object) throws IOException {
    while (next() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var token = next();
      if (token == null) {
        return false;
      }
      switch (token) {
        case START_OBJECT -> {
          if (!fill(object.putObject(name))) {
            return false;
          }
        }
        case START_ARRAY -> {
          if (!fill(object.putArray(name))) {
            return false;
          }
        }
        default -> {
          var value = scalar();
          if (value == null) {
            return false;
          }
          object.set(name, value);
        }
      }
    }
    return parser.currentToken() == JsonToken.END_OBJECT;
  }

  private boolean fill(ArrayNode array) throws IOException {
    for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (token == null || !fill(array, token)) {
        return false;
      }
    }
    return true;
  }

  private boolean fill(ArrayNode array, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> fill(array.addObject());
      case START_ARRAY -> fill(array.addArray());
      default -> {
        var value = scalar();
        if (value != null) {
          array.add(value);
        }
        yield value != null;
      }
    };
  }

  /** Null: cut off. */
  private @Nullable JsonNode scalar() throws IOException {
    try {
      return isCutNumber() ? null : mapper.<JsonNode>readTree(parser);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** One that the text ends with may have more digits. */
  private boolean isCutNumber() {
    return parser.currentToken().isNumeric() && parser.currentLocation().getCharOffset() >= length;
  }
}
