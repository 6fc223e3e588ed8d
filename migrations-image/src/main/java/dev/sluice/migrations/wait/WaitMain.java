package dev.sluice.migrations.wait;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Its exit codes are an API: docs/wait.md lists them. A signal ends it at once, as Java does. */
public final class WaitMain {
  private static final int APPLIED = 0;
  private static final int USAGE = 2;
  private static final int TIMEOUT = 11;
  private static final int CONFIGURATION = 40;

  private static final String HELP =
      """
      usage: sluice wait [--timeout DURATION] MIGRATION@REVISION...

      Waits until each DatabaseMigration of the pod's namespace has applied the
      revision, and says for what it waits. Several may also be separated by
      commas. In an init container, with the pod's service account, which needs
      the verbs get and watch on databasemigrations.sluice.dev.

        --timeout DURATION   gives up after that, such as 90s or 10m; default: never

      SLUICE_SERVICE_ACCOUNT names another folder with token, ca.crt and namespace
      than the one where Kubernetes mounts them.

      Exit codes: 0 applied, 2 wrong arguments, 11 the time was up, 40 not in a pod
      or without a service account, 143 SIGTERM.\
      """;

  private WaitMain() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv(), System.out));
  }

  /** Until it ends; what is returned is the exit code. */
  public static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    return switch (WaitArguments.read(arguments)) {
      case WaitArguments.Help() -> said(out, HELP, APPLIED);
      case WaitArguments.Faulty(var problem) ->
          said(out, "sluice wait: " + problem + "; --help tells more", USAGE);
      case WaitArguments.Wait(var requirements, var timeout) ->
          switch (PodEnvironment.of(environment)) {
            case PodEnvironment.Elsewhere(var problem) ->
                said(out, "sluice wait: " + problem, CONFIGURATION);
            case PodEnvironment.InPod pod -> waited(requirements, timeout, pod, out);
          };
    };
  }

  private static int waited(
      List<RequiredRevision> requirements,
      @Nullable Duration timeout,
      PodEnvironment.InPod pod,
      PrintStream out) {
    var log = new WaitLog(out);
    var waiting =
        new WaitLoop(
            requirements, pod.namespace(), new ApiServer(pod), new WaitLimit(timeout), log);
    try {
      if (waiting.untilApplied()) {
        return APPLIED;
      }
      log.note("gives up: the time of --timeout is up");
      return TIMEOUT;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  private static int said(PrintStream out, String words, int code) {
    out.println(words);
    return code;
  }
}
