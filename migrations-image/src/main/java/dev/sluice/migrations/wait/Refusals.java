package dev.sluice.migrations.wait;

import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Answers other than 200. */
final class Refusals {
  private static final long LONGEST_PAUSE = 60;

  private Refusals() {}

  static ApiAnswer of(HttpURLConnection connection, String migration) throws IOException {
    var status = status(connection);
    var code = connection.getResponseCode();
    return switch (code) {
      case 403 -> new ApiAnswer.Forbidden(status.text("message"));
      // of a kind that isn't there it knows no name
      case 404 ->
          status.fields("details").text("name").equals(migration)
              ? new ApiAnswer.Missing()
              : new ApiAnswer.NoSuchKind();
      case 401 -> ApiAnswer.Failed.of("refuses the token of the pod's service account (401)");
      default ->
          new ApiAnswer.Failed(
              "answers " + code + (code == 429 ? " (too many requests)" : ""), pause(connection));
    };
  }

  private static Duration pause(HttpURLConnection connection) {
    var seconds = connection.getHeaderFieldLong("Retry-After", 0);
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_PAUSE));
  }

  /** Empty: the body is no Status. */
  private static JsonFields status(HttpURLConnection connection) throws IOException {
    try (var in = connection.getErrorStream()) {
      return in == null
          ? new JsonFields(Map.of())
          : JsonFields.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (Json.BadException _) {
      return new JsonFields(Map.of());
    }
  }
}
