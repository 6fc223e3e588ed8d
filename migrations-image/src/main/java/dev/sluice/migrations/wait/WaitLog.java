package dev.sluice.migrations.wait;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** One line for each change of what is to be told. */
final class WaitLog {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final PrintStream out;
  private String last = "";

  WaitLog(PrintStream out) {
    this.out = out;
  }

  void tell(String what) {
    if (!what.equals(last)) {
      last = what;
      note(what);
    }
  }

  void note(String what) {
    // a line stays one, whatever a server says
    var line = CONTROLS.matcher(what).replaceAll(" ");
    out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
  }
}
