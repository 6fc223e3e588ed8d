package dev.sluice.migrations.wait;

import dev.sluice.migrations.text.Json;
import dev.sluice.migrations.wait.PodEnvironment.InPod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;

/** Asks the API server for migrations of the pod's own namespace. */
final class ApiServer {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final InPod pod;
  private final ClusterTrust trust = new ClusterTrust();

  ApiServer(InPod pod) {
    this.pod = pod;
  }

  /** The migration as it is stored, by no cache. */
  ApiAnswer get(String migration, Duration patience) {
    try {
      var connection = connection("/" + migration, patience);
      var code = connection.getResponseCode();
      return code == 200
          ? new ApiAnswer.Found(JsonFields.parse(text(connection)))
          : Refusals.of(connection, migration);
    } catch (IOException e) {
      return ApiAnswer.Failed.of(RequestProblems.tell(e));
    } catch (Json.BadException e) {
      return ApiAnswer.Failed.of("answers what is no JSON: " + e.getMessage());
    }
  }

  /**
   * Hands over the migration as it is and whenever it changes, for so long, or until {@code more}
   * says no. Empty: that was so; else why it couldn't.
   */
  Optional<ApiAnswer> watch(String migration, Duration length, Predicate<ApiAnswer> more) {
    var query =
        "?watch=true&fieldSelector=metadata.name%%3D%s&timeoutSeconds=%d"
            .formatted(migration, Math.max(1, length.toSeconds()));
    try {
      var connection = connection(query, length.plus(SLACK));
      if (connection.getResponseCode() != 200) {
        return Optional.of(Refusals.of(connection, migration));
      }
      try (var lines = reader(connection)) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          var event = JsonFields.parse(line);
          if (event.text("type").equals("ERROR") || !more.test(answer(event))) {
            break;
          }
        }
      } finally {
        connection.disconnect();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ApiAnswer.Failed.of(RequestProblems.tell(e)));
    } catch (Json.BadException _) { // cut in the middle
      return Optional.empty();
    }
  }

  private static ApiAnswer answer(JsonFields event) {
    return event.text("type").equals("DELETED")
        ? new ApiAnswer.Missing()
        : new ApiAnswer.Found(event.fields("object"));
  }

  private HttpsURLConnection connection(String path, Duration patience) throws IOException {
    var uri =
        "%s/apis/sluice.dev/v1alpha1/namespaces/%s/databasemigrations%s"
            .formatted(pod.server(), pod.namespace(), path);
    var connection = (HttpsURLConnection) URI.create(uri).toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(trust.sockets(pod.authorities()));
    connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    // the token is for the API server alone
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Authorization", "Bearer " + pod.token());
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "sluice-wait");
    return connection;
  }

  private static BufferedReader reader(HttpsURLConnection connection) throws IOException {
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String text(HttpsURLConnection connection) throws IOException {
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
