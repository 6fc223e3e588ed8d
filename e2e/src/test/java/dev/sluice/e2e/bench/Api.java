package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The API server by plain HTTP, over as many connections as are asked for. */
final class Api {
  static final ObjectMapper JSON = new ObjectMapper();

  private final String server;
  private final String token;
  private final List<HttpClient> connections;
  private final AtomicInteger turn = new AtomicInteger();

  Api(String server, String token, int connections) {
    this.server = server;
    this.token = token;
    this.connections = Stream.generate(Api::client).limit(connections).toList();
  }

  JsonNode get(String path) {
    return send(request(path).build());
  }

  JsonNode post(String path, JsonNode object) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(object.toString()))
            .build());
  }

  /** As another user, with all rights. */
  JsonNode postAs(String user, String path, JsonNode object) {
    return send(
        request(path)
            .header("Impersonate-User", user)
            .header("Impersonate-Group", "system:masters")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(object.toString()))
            .build());
  }

  JsonNode merge(String path, String patch) {
    return send(
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(patch))
            .build());
  }

  void delete(String path) {
    send(request(path).DELETE().build());
  }

  /** Tells every event about what {@code path} lists, what is there already included. */
  void watch(String path, Consumer<JsonNode> events) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          // the server ends a watch that lags: then from the start again
          while (!Thread.currentThread().isInterrupted()) {
            watchOnce(path, events);
          }
        });
  }

  private void watchOnce(String path, Consumer<JsonNode> events) {
    var request = request(path + "?watch=true").build();
    try (var client = client();
        var lines = client.send(request, BodyHandlers.ofLines()).body()) {
      lines.map(Api::read).forEach(events);
    } catch (IOException | UncheckedIOException e) {
      OperatorBench.progress("a watch ended: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }

  private JsonNode send(HttpRequest request) {
    var connection = connections.get(Math.floorMod(turn.getAndIncrement(), connections.size()));
    try {
      var response = connection.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s %s: %s".formatted(request.method(), request.uri().getPath(), response.body()));
      }
      return read(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient client() {
    try {
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new TrustAll()}, null);
      return HttpClient.newBuilder().sslContext(tls).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server, on this very machine, signs its certificate itself. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
