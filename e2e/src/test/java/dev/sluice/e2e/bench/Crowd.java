package dev.sluice.e2e.bench;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Many at once. */
final class Crowd {
  private static final int HANDS = 16;

  private Crowd() {}

  static <T> void all(List<T> all, Consumer<T> each) {
    try (var hands = Executors.newFixedThreadPool(HANDS)) {
      var tasks =
          all.stream()
              .<Callable<Boolean>>map(one ->
                  () -> {
                    each.accept(one);
                    return true;
                  })
              .toList();
      for (var done : hands.invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
