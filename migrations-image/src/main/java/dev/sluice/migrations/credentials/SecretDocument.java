package dev.sluice.migrations.credentials;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The JSON of a database secret: {@code {engine, host, username, password, dbname, port}} as
 * rotation templates write it; a master secret that RDS manages has user name and password only.
 */
final class SecretDocument {
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private final Map<String, JsonNode> fields;

  private SecretDocument(Map<String, JsonNode> fields) {
    this.fields = fields;
  }

  static Reading read(String text, @Nullable String version) {
    JsonNode json;
    try {
      json = JsonNode.parser().parse(text);
    } catch (RuntimeException _) {
      return new Reading.Invalid("the secret's value is not JSON");
    }
    if (!json.isObject()) {
      return new Reading.Invalid("the secret's value is not a JSON object");
    }
    return new SecretDocument(json.asObject()).reading(version);
  }

  private Reading reading(@Nullable String version) {
    var engine = text("engine").orElse("postgres");
    if (!engine.contains("postgres")) {
      return new Reading.Invalid("the secret's field engine is not a PostgreSQL");
    }
    for (var field : new String[] {"username", "password"}) {
      if (text(field).isEmpty()) {
        return new Reading.Invalid("the secret's JSON lacks the field " + field);
      }
    }
    var port = text("port");
    if (port.isPresent() && !PORT.matcher(port.get()).matches()) {
      return new Reading.Invalid("the secret's field port is not a number");
    }
    return new Reading.Found(
        new Credentials(
            text("username").orElseThrow(),
            text("password").orElseThrow(),
            text("host").orElse(null),
            port.map(Integer::valueOf).orElse(null),
            text("dbname").orElse(null),
            null,
            version));
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable(fields.get(field))
        .filter(node -> node.isString() || node.isNumber())
        .map(node -> node.isString() ? node.asString() : node.asNumber())
        .filter(value -> !value.isEmpty());
  }
}
