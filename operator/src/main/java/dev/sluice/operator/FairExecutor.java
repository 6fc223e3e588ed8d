package dev.sluice.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Reconciles the namespaces in turns, so that none waits for what another has queued or for its
 * slow webhooks.
 *
 * <ol>
 *   <li>Each namespace has a queue of its own; the one that was served last comes last.
 *   <li>A namespace may have as many threads as are free: one alone takes half of them, the next
 *       half of the rest. So a thread is there for whoever comes.
 * </ol>
 */
final class FairExecutor extends AbstractExecutorService {
  private final Function<Runnable, String> namespace;
  private final ExecutorService pool;
  private final Map<String, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> running = new HashMap<>();
  private int free;
  private boolean shutdown;

  FairExecutor(int threads, Function<Runnable, String> namespace) {
    this.free = threads;
    this.namespace = namespace;
    var number = new AtomicInteger();
    this.pool =
        Executors.newCachedThreadPool(
            work -> new Thread(work, "reconcile-" + number.incrementAndGet()));
  }

  @Override
  public synchronized void execute(Runnable work) {
    if (shutdown) {
      throw new RejectedExecutionException("the operator is stopping");
    }
    waiting.computeIfAbsent(namespace.apply(work), _ -> new ArrayDeque<>()).add(work);
    serve();
  }

  private void serve() {
    for (var next = next(); next.isPresent(); next = next()) {
      start(next.get());
    }
  }

  private Optional<String> next() {
    return free == 0
        ? Optional.empty()
        : waiting.keySet().stream().filter(name -> running(name) < free).findFirst();
  }

  private int running(String name) {
    return running.getOrDefault(name, 0);
  }

  private void start(String name) {
    var queue = Objects.requireNonNull(waiting.remove(name), name);
    var work = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(name, queue); // at the end
    }
    running.merge(name, 1, Integer::sum);
    free--;
    pool.execute(() -> {
      try {
        work.run();
      } finally {
        ended(name);
      }
    });
  }

  private synchronized void ended(String name) {
    running.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    free++;
    serve();
  }

  /** What waits is left to the next leader, what runs ends. */
  @Override
  public synchronized void shutdown() {
    shutdown = true;
    waiting.clear();
    pool.shutdown();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    var left = new ArrayList<Runnable>();
    waiting.values().forEach(left::addAll);
    waiting.clear();
    left.addAll(pool.shutdownNow());
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }
}
