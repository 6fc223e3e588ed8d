package dev.sluice.migrations.wait;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitLogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WaitLog log = new WaitLog(new PrintStream(bytes, true, UTF_8));

  /** Without the time. */
  private List<String> lines() {
    return bytes.toString(UTF_8).lines().map(line -> line.split(" ", 2)[1]).toList();
  }

  @Test
  void tellsEachChangeOnce() {
    log.tell("a");
    log.tell("a");
    log.tell("b");
    log.tell("a");
    assertThat(lines()).containsExactly("a", "b", "a");
  }

  @Test
  void aNoteIsAlwaysTold() {
    log.note("a");
    log.note("a");
    assertThat(lines()).containsExactly("a", "a");
  }

  @Test
  void aLineStaysOneWhateverAServerSays() {
    log.note("a\r\nb\u001b[31m");
    assertThat(lines()).containsExactly("a b [31m");
  }
}
