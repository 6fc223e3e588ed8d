package dev.sluice.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Stands between {@code sluice wait} and the API server, and does harm. */
final class Between implements AutoCloseable {
  /** What happens to a request. */
  sealed interface Fault {
    /** It goes through. */
    record None() implements Fault {}

    record Code(int code, int retryAfter) implements Fault {}

    /** No answer, nor any end. */
    record Silence() implements Fault {}

    /** The connection ends without an answer. */
    record Cut() implements Fault {}
  }

  private final HttpsServer server;
  private final URI target;
  private final HttpClient client;
  private final List<HttpExchange> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Fault fault = new Fault.None();

  /** With that certificate, on a port of that address; 0: any. */
  Between(URI target, SelfSignedStore certificate, Path authority, InetAddress address, int port)
      throws IOException {
    this.target = target;
    this.client = HttpClient.newBuilder().sslContext(SelfSignedStore.trusting(authority)).build();
    server = HttpsServer.create(new InetSocketAddress(address, port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void does(Fault next) {
    fault = next;
  }

  /** Ends all that is under way. */
  void cut() {
    open.forEach(HttpExchange::close);
  }

  List<String> requests() {
    return new ArrayList<>(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var now = fault;
    requests.add(exchange.getRequestURI().toString());
    switch (now) {
      case Fault.Code(var code, var retryAfter) -> {
        if (retryAfter > 0) {
          exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter));
        }
        exchange.sendResponseHeaders(code, -1);
      }
      case Fault.Cut() -> exchange.close();
      case Fault.Silence() -> silence();
      case Fault.None() -> pass(exchange);
    }
  }

  private void silence() {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    open.add(exchange);
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .header("Authorization", authorization)
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      exchange.sendResponseHeaders(response.statusCode(), 0);
      copy(response.body(), exchange);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(exchange);
      exchange.close();
    }
  }

  /** What comes is handed on at once. */
  private static void copy(InputStream in, HttpExchange exchange) throws IOException {
    var buffer = new byte[8192];
    try (in) {
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        exchange.getResponseBody().write(buffer, 0, n);
        exchange.getResponseBody().flush();
      }
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    client.shutdownNow();
  }
}
