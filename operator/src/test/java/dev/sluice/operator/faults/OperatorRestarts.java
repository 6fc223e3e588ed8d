package dev.sluice.operator.faults;

import dev.sluice.operator.OperatorInstance;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps an operator running, as a Deployment keeps its pod. */
final class OperatorRestarts implements AutoCloseable {
  private static final Upstream UPSTREAM = new Upstream(OperatorInstance.apiServer());

  private final String namespace;
  private final String name;
  private final FaultScript script;
  private final OperatorInstance.Settings settings;
  private final ExecutorService keeper =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private volatile @Nullable FaultProxy proxy;
  private volatile @Nullable OperatorInstance instance;
  private volatile boolean over;
  private final AtomicInteger deaths = new AtomicInteger();

  /** Returns when its operator has started, if no fault keeps it from that. */
  OperatorRestarts(
      String namespace, String name, FaultScript script, OperatorInstance.Settings settings) {
    this.namespace = namespace;
    this.name = name;
    this.script = script;
    this.settings = settings;
    begin();
  }

  private void begin() {
    if (over) {
      return;
    }
    var next = new FaultProxy(UPSTREAM, script, () -> keeper.execute(this::again));
    proxy = next;
    try {
      instance = OperatorInstance.start(next.config(), namespace, name, settings, this::crash);
    } catch (Exception e) {
      // as its process does; a crash while it started brings the next by itself
      if (next.alive()) {
        next.close();
        keeper.execute(this::later);
      }
    }
  }

  private void later() {
    try {
      Thread.sleep(Duration.ofMillis(300));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deaths.incrementAndGet();
    begin();
  }

  private void again() {
    deaths.incrementAndGet();
    discard();
    begin();
  }

  /** Kills the operator's process; another starts. */
  void crash() {
    keeper.execute(() -> {
      var now = proxy;
      if (now != null) {
        now.close();
      }
      again();
    });
  }

  /** Kills the operator's process; none starts, until crash() starts one. */
  void kill() {
    var now = proxy;
    if (now != null) {
      now.close();
    }
    discard();
  }

  /** Breaks the watches that are open; the operator lives. */
  void sever() {
    var now = proxy;
    if (now != null) {
      now.sever();
    }
  }

  /** Stops it as SIGTERM does; none starts. */
  void stop() {
    over = true;
    var last = instance;
    if (last != null) {
      last.close();
    }
  }

  private void discard() {
    var last = instance;
    instance = null;
    if (last != null) {
      Thread.ofVirtual().start(last::kill);
    }
  }

  int port() {
    var now = instance;
    return now == null ? -1 : now.port();
  }

  int deaths() {
    return deaths.get();
  }

  @Override
  public void close() {
    over = true;
    var last = proxy;
    if (last != null) {
      last.close();
    }
    keeper.shutdown();
    discard();
  }
}
