package dev.sluice.migrations.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTextTest {
  private final Set<String> secrets = new HashSet<>();
  private final OutgoingText text = new OutgoingText(() -> secrets);

  @ParameterizedTest
  @ValueSource(strings = {"Can'ary", "can''ARY", "Can%27ary"})
  void hasNoSecretInAnyOfItsForms(String form) {
    secrets.add("Can'ary");
    assertThat(text.of("role \"" + form + "\" does not exist"))
        .isEqualTo("role \"***\" does not exist");
  }

  @Test
  void hasNoLineOfASecretOfSeveral() {
    secrets.add("-----BEGIN KEY-----\nCanaryCanary\n-----END KEY-----\n");
    assertThat(text.of("near CanaryCanary and \"-----BEGIN KEY----- CanaryCanary\""))
        .doesNotContain("Canary");
  }

  @Test
  void hasNoSecretThatCameLater() {
    assertThat(text.of("Canary")).isEqualTo("Canary");
    secrets.add("Canary");
    assertThat(text.of("Canary")).isEqualTo("***");
  }

  @Test
  void isAsItWasWhereASecretIsOfThreeLettersOrNone() {
    secrets.addAll(List.of("", "abc"));
    assertThat(text.of("abcdef")).isEqualTo("abcdef");
  }

  @Test
  void isAsItWasWhereAShortSecretIsPartOfALongerWord() {
    secrets.add("word");
    assertThat(text.of("no key \"password\", near 'word' and a:word@b"))
        .isEqualTo("no key \"password\", near '***' and a:***@b");
  }

  @Test
  void isMaskedInAllPartsOfAReport() {
    secrets.add("Canary");
    var failure =
        Failure.of(Reason.CHANGE_SET_FAILED, "Canary")
            .hint("Canary")
            .in("Canary::1::ann", "Canary")
            .sqlState("42601");
    var report = text.of(Report.failed("1.0", List.of("a::Canary::b"), null, failure));
    assertThat(report.toString()).doesNotContain("Canary").contains("42601", "1.0");
  }

  /** The server cuts a name at 63 bytes, also in the middle of a character. */
  @Test
  void hasNoSecretThatTheServerHasCut() {
    secrets.add("s".repeat(61) + "üü, and more");
    assertThat(text.of("relation \"" + "s".repeat(61) + "ü\" is there"))
        .isEqualTo("relation \"***\" is there");
  }
}
