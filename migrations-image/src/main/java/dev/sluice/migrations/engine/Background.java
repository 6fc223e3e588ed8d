package dev.sluice.migrations.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What another thread finds out, while this one waits for the database. */
record Background<T>(CompletableFuture<T> result) {
  static <T> Background<T> of(Supplier<T> work) {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .daemon()
        .name("background")
        .start(() -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return new Background<>(result);
  }

  T get() {
    try {
      return result.join();
    } catch (CompletionException e) {
      // as if it had happened here
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw e;
    }
  }
}
