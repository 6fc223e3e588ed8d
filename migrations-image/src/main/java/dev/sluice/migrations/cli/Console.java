package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Milestone;
import dev.sluice.migrations.engine.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Lines for a terminal, or, with the time in front, for the log of a pod. */
final class Console implements Progress {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final PrintStream out;
  private final boolean inPod;
  private boolean lineIsOpen;

  private Console(PrintStream out, boolean inPod) {
    this.out = out;
    this.inPod = inPod;
  }

  static Console ofPod(PrintStream out) {
    return new Console(out, true);
  }

  static Console ofTerminal(PrintStream out) {
    return new Console(out, false);
  }

  @Override
  public synchronized void note(String line) {
    closeLine();
    out.println(time() + clean(line));
  }

  @Override
  public void warn(String line) {
    note("WARNING " + line);
  }

  @Override
  public synchronized void begins(int number, int of, String changeSet) {
    var line = "[" + number + "/" + of + "] " + changeSet;
    if (inPod) {
      note(line);
    } else {
      closeLine();
      out.print(clean(line) + " ... ");
      out.flush();
      lineIsOpen = true;
    }
  }

  @Override
  public synchronized void ends(int number, int of, String changeSet, String how, Duration took) {
    var result = took.toMillis() + " ms" + (how.isEmpty() ? "" : ", " + how);
    if (lineIsOpen) {
      lineIsOpen = false;
      out.println(result);
    } else {
      note("[" + number + "/" + of + "] " + changeSet + ": " + result);
    }
  }

  /** The lines before it, or none, tell a person. */
  @Override
  public void reached(Milestone milestone) {}

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
