package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.StackTrace;
import dev.sluice.migrations.engine.UnexpectedFailure;
import dev.sluice.migrations.postgres.startup.CryptographyWarmUp;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.TerminationLog;
import java.util.List;
import java.util.Locale;

/** {@code run} goes straight ahead, everything else by way of the command line's parser. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    main(arguments, MoreVerbs.NONE);
  }

  /** The same command line with the verbs of a program around this one. */
  public static void main(String[] arguments, MoreVerbs more) {
    if (arguments.length > 0 && arguments[0].equals("wait")) {
      var words = List.of(arguments).subList(1, arguments.length);
      System.exit(dev.sluice.migrations.wait.WaitMain.run(words, System.getenv(), System.out));
    }
    settle();
    if (arguments.length == 1 && arguments[0].equals("run")) {
      var signals = signalsOfPod();
      signals.exit(ofPod(signals));
    } else {
      var signals = Signals.ofProcess(() -> {});
      signals.exit(CommandLineProgram.run(arguments, System.getenv(), signals, more));
    }
  }

  /** Whatever happens, the pod's status says so. */
  private static int ofPod(Signals signals) {
    try {
      return RunProgram.ofPod(signals).run(System.getenv());
    } catch (RuntimeException | Error e) {
      StackTrace.of(e).forEach(System.out::println);
      var report = Report.failed(null, List.of(), null, UnexpectedFailure.of(e));
      TerminationLog.OF_THE_POD.write(report);
      return report.exit().code();
    }
  }

  /** Should a signal's time be over, the pod's status says so. */
  static Signals signalsOfPod() {
    return Signals.ofProcess(() -> TerminationLog.OF_THE_POD.write(interrupted()));
  }

  static void settle() {
    // what pgjdbc says is looked at, so it is to be said in one language
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.util.logging.manager", SilentLogManager.class.getName());
    // Java would print the message of what was thrown, and that may hold statements
    Thread.setDefaultUncaughtExceptionHandler(
        (_, thrown) -> StackTrace.of(thrown).forEach(System.err::println));
    CryptographyWarmUp.begin();
  }

  private static Report interrupted() {
    var failure = Failure.of(Reason.INTERRUPTED, "SIGTERM, and the database didn't answer in time");
    return Report.failed(null, List.of(), null, failure);
  }
}
