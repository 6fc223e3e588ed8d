package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.rename.Answer;
import dev.sluice.authoring.rename.Question;
import dev.sluice.authoring.rename.Rename.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalAskingTest {
  private static final ObjectName MAIL = ObjectName.of("public", "customers", "mail");
  private static final Question QUESTION =
      new Question(Kind.COLUMN, ObjectName.of("public", "customers", "email"), List.of(MAIL));

  @Test
  void asksUntilAnAnswerCanBeOne() {
    var out = new StringWriter();
    assertThat(answer(out, "yes", "2", " 1 ")).isEqualTo(new Answer.Renamed(MAIL));
    assertThat(out.toString().strip())
        .isEqualTo(
            """
            column customers.email is gone. It is
              1  now called customers.mail
              0  no longer wanted
            > > >
            """
                .strip());
  }

  @Test
  void zeroSaysThatItIsGone() {
    assertThat(answer(new StringWriter(), "0")).isEqualTo(new Answer.Dropped());
  }

  @Test
  void theEndOfInputLeavesItOpen() {
    assertThat(answer(new StringWriter())).isEqualTo(new Answer.Open());
  }

  private static Answer answer(StringWriter out, String... lines) {
    var typed = new ArrayDeque<>(List.of(lines));
    return new TerminalAsking(typed::poll, new PrintWriter(out)).of(QUESTION);
  }
}
