package dev.sluice.operator.faults;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** The way from all proxies to the API server, with the admin's credentials. */
final class Upstream {
  private static final List<String> HEADERS = List.of("Accept", "Content-Type");

  private final String url;
  private final HttpClient client;

  Upstream(Config admin) {
    this.url = admin.getMasterUrl().replaceFirst("/$", "");
    try {
      this.client = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(admin)).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<InputStream> send(HttpExchange exchange, String path) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    FaultNamespace.CANARY.look(path, new String(body, StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (var header : HEADERS) {
      var value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
