package dev.sluice.authoring.cli;

import dev.sluice.authoring.rename.Answer;
import dev.sluice.authoring.rename.Asking;
import dev.sluice.authoring.rename.Question;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks on a terminal, until there is an answer that can be one. */
record TerminalAsking(LineSource lines, PrintWriter out) implements Asking {
  /** What a person types; null at the end. */
  @FunctionalInterface
  interface LineSource {
    @Nullable String next();
  }

  /** Nobody, where there is no terminal. */
  static Asking ofProcess() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .<Asking>map(console -> new TerminalAsking(console::readLine, console.writer()))
        .orElse(Asking.NOBODY);
  }

  @Override
  public Answer of(Question question) {
    out.printf("%s %s is gone. It is%n", question.kind().words(), question.gone());
    for (var i = 0; i < question.candidates().size(); i++) {
      out.printf("  %d  now called %s%n", i + 1, question.candidates().get(i));
    }
    out.printf("  0  no longer wanted%n");
    while (true) {
      out.print("> ");
      out.flush();
      var line = lines.next();
      if (line == null) {
        return new Answer.Open();
      }
      var word = line.strip();
      if (word.equals("0")) {
        return new Answer.Dropped();
      }
      for (var i = 0; i < question.candidates().size(); i++) {
        if (word.equals(String.valueOf(i + 1))) {
          return new Answer.Renamed(question.candidates().get(i));
        }
      }
    }
  }
}
