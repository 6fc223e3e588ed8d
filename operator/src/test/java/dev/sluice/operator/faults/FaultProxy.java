package dev.sluice.operator.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.operator.faults.Fault.Answer;
import dev.sluice.operator.faults.Fault.AsOf;
import dev.sluice.operator.faults.Fault.Delay;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between one operator and the API server, and does what the script says. */
final class FaultProxy implements AutoCloseable {
  private final Upstream upstream;
  private final FaultScript script;
  private final Runnable crashed;
  private final HttpServer server;
  private final AtomicBoolean dead = new AtomicBoolean();

  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();

  /** In the path, so that a dead operator can't reach another proxy that got its port. */
  private final String token = "/" + UUID.randomUUID();

  /** {@code crashed} is told once when the script lets the operator die. */
  FaultProxy(Upstream upstream, FaultScript script, Runnable crashed) {
    this.upstream = upstream;
    this.script = script;
    this.crashed = crashed;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** Plain HTTP, and watches by HTTP, whose lines can be told apart. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:%d%s/".formatted(server.getAddress().getPort(), token))
        .withOnlyHttpWatches(true)
        .withHttp2Disable(true)
        .build();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    if (dead.get() || !uri.getPath().startsWith(token)) {
      exchange.close();
      return;
    }
    var path = uri.getPath().substring(token.length());
    var call = ApiCall.of(exchange.getRequestMethod(), path, uri.getQuery());
    FaultNamespace.CANARY.asksFor(call);
    var fault = script.next(call.keys(), call.toString());
    try (exchange) {
      serve(exchange, call, fault);
    } catch (IOException e) {
      // a peer went; so does the connection
      exchange.close();
    }
  }

  private void serve(HttpExchange exchange, ApiCall call, Optional<Fault> fault)
      throws IOException {
    switch (fault.orElse(null)) {
      case Fault.CrashBefore _ -> crash();
      case Fault.CrashAfter _ -> {
        done(exchange, call);
        crash();
      }
      case Fault.ResponseLost _ -> done(exchange, call);
      case Answer answer -> refuse(exchange, answer);
      case AsOf(var version) ->
          answer(exchange, upstream.send(exchange, asOf(path(exchange), version)));
      case Delay(var by) -> {
        pause(by);
        forward(exchange, call);
      }
      case null -> forward(exchange, call);
      case Fault.Reset _, Fault.Drop _, Fault.Replay _, Fault.Gone _ -> {}
    }
  }

  /** Of the first page; the others are of the same version by their token. */
  private static String asOf(String list, String version) {
    return list.contains("continue=")
        ? list
        : list + "&resourceVersion=" + version + "&resourceVersionMatch=Exact";
  }

  /** A watch would never be. */
  private void done(HttpExchange exchange, ApiCall call) throws IOException {
    if (!call.verb().equals("watch")) {
      upstream.send(exchange, path(exchange)).body().readAllBytes();
    }
  }

  private String path(HttpExchange exchange) {
    return exchange.getRequestURI().toString().substring(token.length());
  }

  private void forward(HttpExchange exchange, ApiCall call) throws IOException {
    var response = upstream.send(exchange, path(exchange));
    if (call.verb().equals("watch") && response.statusCode() == 200) {
      try (var lines = response.body()) {
        watches.add(lines);
        new WatchRelay(script, call.resource(), this::crash).relay(lines, exchange);
      } finally {
        watches.remove(response.body());
      }
    } else {
      answer(exchange, response);
    }
  }

  private void answer(HttpExchange exchange, HttpResponse<InputStream> response)
      throws IOException {
    var body = response.body().readAllBytes();
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    send(exchange, response.statusCode(), body);
  }

  private void refuse(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (answer.retryAfter() > 0) {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(answer.retryAfter()));
    }
    send(exchange, answer.code(), status(answer.code()).getBytes(StandardCharsets.UTF_8));
  }

  static String status(int code) {
    return """
    {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"scripted","reason":"Scripted","code":%d}\
    """
        .formatted(code);
  }

  private void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    if (dead.get()) {
      return; // what was on its way when the operator died never arrives
    }
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  boolean alive() {
    return !dead.get();
  }

  static void pause(Duration by) throws IOException {
    try {
      Thread.sleep(by);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** From here on the operator reaches nobody, and nobody it. */
  private void crash() {
    if (dead.compareAndSet(false, true)) {
      crashed.run();
      Thread.ofVirtual().start(this::stop);
    }
  }

  private void stop() {
    server.stop(0);
    sever();
  }

  /** Breaks the watches that are open. */
  void sever() {
    watches.forEach(FaultProxy::end);
  }

  private static void end(InputStream watch) {
    try {
      watch.close();
    } catch (IOException e) {
      // it had ended
    }
  }

  @Override
  public void close() {
    if (dead.compareAndSet(false, true)) {
      stop();
    }
  }
}
