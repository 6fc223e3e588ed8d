package dev.sluice.migrations.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * STS, which lends keys for a web identity (IRSA), and the endpoint of a container's credentials
 * (Pod Identity).
 */
public final class FakeAws implements AutoCloseable {
  public static final String OF_STS = "ASIAFROMSTS";
  public static final String OF_CONTAINER = "ASIAFROMCONTAINER";

  private final HttpServer server;
  private volatile String refusal = "";
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::sts);
    server.createContext("/v1/credentials", this::container);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Bodies that STS got, and authorizations that the container's endpoint got. */
  public List<String> requests() {
    return requests;
  }

  /** STS doesn't lend, and says so with this code. */
  public void refuse(String code) {
    refusal = code;
  }

  private void sts(HttpExchange exchange) throws IOException {
    requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (!refusal.isEmpty()) {
      answer(
          exchange,
          403,
          "text/xml",
          "<ErrorResponse><Error><Code>%s</Code><Message>Not authorized</Message></Error></ErrorResponse>"
              .formatted(refusal));
      return;
    }
    answer(
        exchange,
        "text/xml",
        """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
              <SessionToken>session-of-sts</SessionToken><Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """
            .formatted(OF_STS, inAnHour()));
  }

  private void container(HttpExchange exchange) throws IOException {
    requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    answer(
        exchange,
        "application/json",
        """
        {"AccessKeyId": "%s", "SecretAccessKey": "s", "Token": "session-of-container", "Expiration": "%s"}
        """
            .formatted(OF_CONTAINER, inAnHour()));
  }

  private static Instant inAnHour() {
    return Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    answer(exchange, 200, type, body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      var bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
