package dev.sluice.migrations.cli;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Report;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Lines for a terminal, or, with the time in front, for the log of a pod. */
final class Console implements RunEventSink {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final PrintStream out;
  private final boolean inPod;
  private final Colours colours;
  private boolean lineIsOpen;

  private Console(PrintStream out, boolean inPod, Colours colours) {
    this.out = out;
    this.inPod = inPod;
    this.colours = colours;
  }

  static Console ofPod(PrintStream out) {
    return new Console(out, true, new Colours(false));
  }

  static Console ofTerminal(PrintStream out) {
    return ofTerminal(out, Colours.ofProcess());
  }

  static Console ofTerminal(PrintStream out, Colours colours) {
    return new Console(out, false, colours);
  }

  @Override
  public synchronized void on(RunEvent event) {
    switch (event) {
      case RunEvent.Noted(var line) -> print(line);
      case RunEvent.Warned(var line) -> printed(colours.warning(clean("WARNING " + line)));
      case RunEvent.Began(var number, var of, var changeSet) -> begin(number, of, changeSet);
      case RunEvent.ServerSaid(var isWarning, var line) ->
          print((isWarning ? "  server warning: " : "  server: ") + line);
      case RunEvent.StillRunning running -> print(stillRunning(running));
      case RunEvent.Ended ended -> end(ended);
      case RunEvent.Finished(var report) -> finish(report);
      // the lines before them, or none, say it to a person
      case RunEvent.Connected _,
          RunEvent.Locked _,
          RunEvent.ChunkDone _,
          RunEvent.RehearsalBegan _,
          RunEvent.RehearsalEnded _ -> {}
    }
  }

  private void print(String line) {
    printed(clean(line));
  }

  private void printed(String line) {
    closeLine();
    out.println(time() + line);
  }

  /** What failed stands out. */
  private void finish(Report report) {
    var failed = report.failure() != null;
    for (var line : LastLines.of(report)) {
      printed(failed ? colours.failure(clean(line)) : clean(line));
    }
  }

  private void begin(int number, int of, String changeSet) {
    var line = "[" + number + "/" + of + "] " + changeSet;
    if (inPod) {
      print(line);
    } else {
      closeLine();
      out.print(clean(line) + " ... ");
      out.flush();
      lineIsOpen = true;
    }
  }

  private static String stillRunning(RunEvent.StillRunning running) {
    var activity = running.activity().isEmpty() ? "" : ": " + running.activity();
    return "[%d/%d] %s: %d s so far%s"
        .formatted(
            running.number(),
            running.of(),
            running.changeSet(),
            running.elapsed().toSeconds(),
            activity);
  }

  private void end(RunEvent.Ended ended) {
    var remark = ended.remark().isEmpty() ? "" : ", " + ended.remark();
    var result = ended.took().toMillis() + " ms" + remark;
    if (lineIsOpen) {
      lineIsOpen = false;
      out.println(result);
    } else {
      print("[%d/%d] %s: %s".formatted(ended.number(), ended.of(), ended.changeSet(), result));
    }
  }

  private void closeLine() {
    if (lineIsOpen) {
      lineIsOpen = false;
      out.println();
    }
  }

  /** One line stays one line, whatever a server or a file name says. */
  private static String clean(String line) {
    return CONTROLS.matcher(line).replaceAll(" ");
  }

  private String time() {
    return inPod ? Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " : "";
  }
}
