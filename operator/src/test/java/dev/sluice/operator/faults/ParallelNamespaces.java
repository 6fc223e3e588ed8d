package dev.sluice.operator.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Many small worlds at once: they mostly wait. */
final class ParallelNamespaces {
  private static final int AT_ONCE = Integer.getInteger("sluice.worlds", 8);

  private final Map<String, Executable> cases = new LinkedHashMap<>();

  void add(String name, Executable test) {
    if (cases.put(name, test) != null) {
      throw new IllegalArgumentException(name + " is there twice");
    }
  }

  /** Every so many of them, or every {@code sluice.every}. */
  Stream<DynamicTest> some(int usually) {
    var step = Integer.getInteger("sluice.every", usually);
    var at = new AtomicInteger();
    cases.keySet().removeIf(_ -> at.getAndIncrement() % step != 0);
    return tests();
  }

  /** All begin now; each is a test of its own. */
  Stream<DynamicTest> tests() {
    var executor = Executors.newFixedThreadPool(AT_ONCE);
    var running = new LinkedHashMap<String, Future<?>>();
    cases.forEach((name, test) -> running.put(name, executor.submit(() -> call(test))));
    executor.shutdown();
    return running.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> result(entry.getValue())));
  }

  private static Void call(Executable test) throws Exception {
    try {
      test.execute();
      return null;
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void result(Future<?> future) throws Throwable {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
