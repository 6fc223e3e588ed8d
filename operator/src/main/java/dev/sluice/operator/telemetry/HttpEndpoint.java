package dev.sluice.operator.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * /healthz, /readyz and, unless it is for probes alone, /metrics. A request has a thread of its own
 * and little time to arrive, so that one that is never finished holds up no probe.
 */
public final class HttpEndpoint implements AutoCloseable {
  /** Seconds until a request has to be there, and its answer taken. */
  private static final String LONGEST = "5";

  static {
    // the server reads them once, before the first is made, and has no other way to be set
    System.setProperty("sun.net.httpserver.maxReqTime", LONGEST);
    System.setProperty("sun.net.httpserver.maxRspTime", LONGEST);
  }

  private final HttpServer server;
  private final ReentrantLock scrapes = new ReentrantLock();
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http").factory());

  public HttpEndpoint(int port, BooleanSupplier ready, Metrics metrics) throws IOException {
    this(port, ready);
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", scrape(metrics)));
  }

  /** For probes alone: whoever floods the port of the metrics keeps nobody from these. */
  public HttpEndpoint(int port, BooleanSupplier ready) throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 16);
    server.setExecutor(executor);
    // alive while it answers: an API server that is down is no reason to restart
    server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ok\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          var now = ready.getAsBoolean();
          answer(exchange, now ? 200 : 503, "text/plain", now ? "ok\n" : "starting\n");
        });
    server.start();
  }

  /** One at a time: each counts all objects. */
  private String scrape(Metrics metrics) {
    scrapes.lock();
    try {
      return metrics.scrape();
    } finally {
      scrapes.unlock();
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
