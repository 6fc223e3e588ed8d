package dev.sluice.e2e.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * AWS Secrets Manager's GetSecretValue on port 8080: each file of /secrets is a secret, its name
 * the id. It runs in a pod, from this one class alone.
 */
public final class SecretsManagerPod {

  private static final Path SECRETS = Path.of("/secrets");
  private static final Pattern ID = Pattern.compile("\"SecretId\"\\s*:\\s*\"([A-Za-z0-9-]+)\"");

  private SecretsManagerPod() {}

  public static void main(String[] args) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/", SecretsManagerPod::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var id = ID.matcher(body);
    if (!"secretsmanager.GetSecretValue".equals(target)) {
      send(exchange, 400, "{\"__type\": \"UnknownOperationException\"}");
    } else if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 ")) {
      send(exchange, 400, "{\"__type\": \"MissingAuthenticationTokenException\"}");
    } else if (!id.find() || !Files.exists(SECRETS.resolve(id.group(1)))) {
      send(
          exchange,
          400,
          "{\"__type\": \"ResourceNotFoundException\", \"Message\": \"no such secret\"}");
    } else {
      var value = Files.readString(SECRETS.resolve(id.group(1)));
      var quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
      send(
          exchange,
          200,
          """
          {"ARN": "arn:aws:secretsmanager:eu-west-1:000000000000:secret:%s-AbCdEf", "Name": "%1$s",
           "VersionId": "7e5a3b0c-0000-4000-8000-000000000000", "VersionStages": ["AWSCURRENT"],
           "SecretString": "%s"}
          """
              .formatted(id.group(1), quoted));
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
