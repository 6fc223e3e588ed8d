package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.gate.RequiredRevision.Parsed.All;
import dev.sluice.operator.gate.RequiredRevision.Parsed.Malformed;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequiredRevisionTest {
  @Test
  void readsOneOrSeveral() {
    assertThat(RequiredRevision.read("shop@1.42.0"))
        .isEqualTo(new All(List.of(new RequiredRevision("shop", "1.42.0"))));
    assertThat(RequiredRevision.read(" shop@1.42.0 , billing.eu@v2_rc-1 "))
        .isEqualTo(
            new All(
                List.of(
                    new RequiredRevision("shop", "1.42.0"),
                    new RequiredRevision("billing.eu", "v2_rc-1"))));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "  ",
        "shop",
        "shop@",
        "@1",
        "Shop@1",
        "shop@1,",
        "shop@-1",
        "shop@1@2",
        "shop@a b"
      })
  void namesTheAnnotationAndAnExample(@Nullable String annotation) {
    assertThat(RequiredRevision.read(annotation))
        .isInstanceOfSatisfying(
            Malformed.class,
            m -> assertThat(m.problem()).contains("sluice.dev/requires", "shop@1.42.0"));
  }

  @Test
  void refusesAnotherNamespace() {
    assertThat(RequiredRevision.read("team/shop@1"))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.problem()).contains("team/shop@1", "the pod's own"));
  }

  @Test
  void refusesAVeryLongList() {
    assertThat(RequiredRevision.read(String.join(",", Collections.nCopies(21, "shop@1"))))
        .isInstanceOf(Malformed.class);
  }
}
