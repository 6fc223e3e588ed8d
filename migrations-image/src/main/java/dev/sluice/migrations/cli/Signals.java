package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Exit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM and Ctrl-C: the run is told to stop, and the process ends with the run's own exit code as
 * soon as it has cleaned up.
 */
final class Signals {
  /** Kubernetes kills after 30 s; a server that doesn't answer is given up sooner. */
  private static final long GRACE_SECONDS = 10;

  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile @Nullable Stop stop;
  private @Nullable Thread hook;

  /** For a run inside another program: no signal is listened to. */
  static Signals none() {
    return new Signals();
  }

  static Signals ofProcess(Runnable lastWords) {
    var signals = new Signals();
    signals.hook = Thread.ofPlatform().unstarted(() -> signals.received(lastWords));
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  /** No signal is listened to any more; the process ends as any other. */
  void close() {
    if (hook != null) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  void stopping(Stop run) {
    stop = run;
  }

  /** Ends the process at once, also when a signal has come already. */
  void exit(int code) {
    exit.complete(code);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  /** What a signal does to the run. */
  void come() {
    var run = stop;
    if (run != null) {
      run.now(Stop.Cause.SIGNAL);
    }
  }

  private void received(Runnable lastWords) {
    come();
    Runtime.getRuntime().halt(awaited(lastWords));
  }

  private int awaited(Runnable lastWords) {
    try {
      return exit.get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException _) {
      lastWords.run();
      return Exit.WAITED.code();
    }
  }
}
