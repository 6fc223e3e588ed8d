package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.gate.Requirement.Asked.All;
import dev.sluice.operator.gate.Requirement.Asked.Malformed;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementTest {
  @Test
  void readsOneOrSeveral() {
    assertThat(Requirement.read("shop@1.42.0"))
        .isEqualTo(new All(List.of(new Requirement("shop", "1.42.0"))));
    assertThat(Requirement.read(" shop@1.42.0 , billing.eu@v2_rc-1 "))
        .isEqualTo(
            new All(
                List.of(
                    new Requirement("shop", "1.42.0"), new Requirement("billing.eu", "v2_rc-1"))));
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
    assertThat(Requirement.read(annotation))
        .isInstanceOfSatisfying(
            Malformed.class,
            m -> assertThat(m.problem()).contains("sluice.dev/requires", "shop@1.42.0"));
  }

  @Test
  void refusesAnotherNamespace() {
    assertThat(Requirement.read("team/shop@1"))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.problem()).contains("team/shop@1", "the pod's own"));
  }

  @Test
  void refusesAVeryLongList() {
    assertThat(Requirement.read(String.join(",", Collections.nCopies(21, "shop@1"))))
        .isInstanceOf(Malformed.class);
  }
}
