package dev.sluice.migrations.cli;

import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.JsonText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a validation says, gathered check by check; the first that finds something decides. */
final class ValidationOutcome {
  private final List<String> warnings = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String hint = "";
  private Exit exit = Exit.SUCCESS;

  void warning(String line) {
    warnings.add(line);
  }

  /** What is right, or was done. */
  void note(String line) {
    notes.add(line);
  }

  void finding(String line, Exit because) {
    findings.add(line);
    exit = exit == Exit.SUCCESS ? because : exit;
  }

  void finding(String line, Exit because, String whatToDo) {
    finding(line, because);
    hint = hint.isEmpty() ? whatToDo : hint;
  }

  Exit exit() {
    return exit;
  }

  void print(PrintStream out, boolean json) {
    if (json) {
      out.printf(
          "{\"result\":%s,\"findings\":%s,\"warnings\":%s,\"notes\":%s,\"hint\":%s,\"exit\":%d}%n",
          JsonText.quoted(exit == Exit.SUCCESS ? "valid" : "invalid"),
          JsonText.of(findings),
          JsonText.of(warnings),
          JsonText.of(notes),
          JsonText.quoted(hint),
          exit.code());
      return;
    }
    warnings.forEach(line -> out.println("WARNING " + line));
    findings.forEach(out::println);
    if (!hint.isEmpty()) {
      out.println("  hint: " + hint);
    }
    notes.forEach(out::println);
  }
}
