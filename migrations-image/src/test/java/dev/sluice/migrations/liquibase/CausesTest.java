package dev.sluice.migrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {
  private final IOException deepest = new IOException("deep");
  private final IllegalStateException thrown =
      new IllegalStateException("outer", new IllegalArgumentException("middle", deepest));

  @Test
  void areFoundByTheirClass() {
    assertThat(Causes.first(thrown, IOException.class)).contains(deepest);
    assertThat(Causes.first(thrown, RuntimeException.class)).contains(thrown);
    assertThat(Causes.first(thrown, InterruptedException.class)).isEmpty();
  }

  @Test
  void haveADeepest() {
    assertThat(Causes.deepest(thrown)).isSameAs(deepest);
    assertThat(Causes.deepest(deepest)).isSameAs(deepest);
  }

  @Test
  void thatLeadInACircleHaveAnEnd() {
    var one = new IllegalStateException("one");
    var two = new IllegalStateException("two", one);
    one.initCause(two);
    assertThat(Causes.chain(one)).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({
    "it broke, it broke",
    "'it broke\n  badly', it broke badly",
    "'it broke [Failed SQL: (0) insert into t values (42)]', it broke",
    "'Migration failed: Reason: a Reason: b', b"
  })
  void areToldOnOneLineWithoutTheStatement(String message, String words) {
    assertThat(Causes.words(new IllegalStateException(message))).isEqualTo(words);
  }

  @Test
  void withoutAMessageAreToldByTheirClass() {
    assertThat(Causes.words(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
