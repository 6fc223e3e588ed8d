package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTraceTest {
  @Test
  void hasTheClassesAndTheLinesOfAllCausesButNoMessage() {
    var thrown =
        new IllegalStateException("canary", new UnsupportedOperationException("canary too"));
    var lines = StackTrace.of(thrown).toList();
    assertThat(lines)
        .contains("java.lang.IllegalStateException", "java.lang.UnsupportedOperationException")
        .anyMatch(line -> line.startsWith("    at ") && line.contains("StackTraceTest.java:"))
        .noneMatch(line -> line.contains("canary"));
  }

  @Test
  void hasAnEnd() {
    var thrown = new IllegalStateException();
    for (var i = 0; i < 100; i++) {
      thrown = new IllegalStateException(thrown);
    }
    assertThat(StackTrace.of(thrown)).hasSizeLessThanOrEqualTo(10 * 26);
  }
}
