package dev.sluice.migrations.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers GetSecretValue. */
public final class FakeSecretsManager implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 500;
  private volatile String body = "{}";

  public FakeSecretsManager() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void answer(int newStatus, String newBody) {
    body = newBody;
    status = newStatus;
  }

  public void secret(String value) {
    var escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    answer(200, "{\"Name\":\"x\",\"VersionId\":\"v-1\",\"SecretString\":\"" + escaped + "\"}");
  }

  public List<String> requests() {
    return requests;
  }

  /** By whose key each request was signed. */
  public List<String> authorizations() {
    return authorizations;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var right =
          "secretsmanager.GetSecretValue"
              .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      var bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(right ? status : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
