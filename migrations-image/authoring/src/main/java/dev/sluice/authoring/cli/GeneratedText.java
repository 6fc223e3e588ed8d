package dev.sluice.authoring.cli;

import dev.sluice.authoring.generate.Generated;
import dev.sluice.authoring.loss.AllowedLosses;
import dev.sluice.migrations.report.Exit;
import java.io.PrintStream;
import java.util.Locale;

/** What came of it, for a person. */
record GeneratedText(PrintStream out, PrintStream err) implements GeneratedOutput {
  @Override
  public void print(Generated generated) {
    switch (generated) {
      case Generated.NoChange(var remarks) -> {
        out.println("nothing to do: the migrations make what is wanted");
        remarks.forEach(remark -> out.println("WARNING " + remark));
      }
      case Generated.Migrations made -> print(made);
      case Generated.Open(var questions) -> {
        err.println("something may have been renamed, which only you know; nothing was written");
        for (var question : questions) {
          err.printf("  %s %s is gone%n", question.kind().words(), question.gone());
          for (var candidate : question.candidates()) {
            err.printf("    renamed: --rename %s=%s%n", question.gone(), candidate);
          }
          err.printf("    dropped: --rename %s=%n", question.gone());
        }
        exit(Exit.REFUSED);
      }
      case Generated.Lossy(var changes, var losses) -> {
        changes.forEach(change -> out.println(change));
        err.println("data would be lost; nothing was written");
        for (var loss : losses) {
          err.println("  " + loss);
          err.println("    allow it: " + AllowedLosses.option(loss.object()));
        }
        exit(Exit.REFUSED);
      }
      case Generated.Failed(var exit, var message, var details, var hint) -> {
        err.println(message);
        details.forEach(line -> err.println("  " + line));
        err.println("  hint: " + hint);
        exit(exit);
      }
    }
  }

  private void print(Generated.Migrations made) {
    made.changes().forEach(out::println);
    made.remarks().forEach(remark -> out.println("WARNING " + remark));
    made.seen().forEach(line -> out.println("seen: " + line));
    if (made.written()) {
      made.files().keySet().forEach(file -> out.println("wrote " + file));
    } else {
      for (var file : made.sql()) {
        out.println();
        out.println("-- " + file.getKey());
        out.print(file.getValue());
      }
    }
  }

  private void exit(Exit exit) {
    err.println("  exit " + exit.code() + ": " + exit.name().toLowerCase(Locale.ROOT));
  }
}
