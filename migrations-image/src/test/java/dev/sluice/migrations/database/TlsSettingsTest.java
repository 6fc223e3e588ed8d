package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsSettingsTest {
  private static final Path CA = Path.of("ca.pem");

  @Test
  void requireWithACaVerifiesIt() {
    assertThat(new TlsSettings(null, CA, null).with(SslMode.REQUIRE).mode())
        .isEqualTo(SslMode.VERIFY_CA);
    assertThat(TlsSettings.PREFER.with(SslMode.REQUIRE).mode()).isEqualTo(SslMode.REQUIRE);
  }

  @ParameterizedTest
  @EnumSource(value = SslMode.class, mode = EnumSource.Mode.EXCLUDE, names = "REQUIRE")
  void everyOtherModeStaysWithACa(SslMode mode) {
    assertThat(new TlsSettings(null, CA, null).with(mode))
        .isEqualTo(new TlsSettings(mode, CA, null));
  }

  @Test
  void onlyTheModesOfVerificationVerify() {
    assertThat(Arrays.stream(SslMode.values()).filter(SslMode::verifies))
        .containsExactly(SslMode.VERIFY_CA, SslMode.VERIFY_FULL);
  }

  @ParameterizedTest
  @EnumSource(SslMode.class)
  void aModeIsKnownByItsWord(SslMode mode) {
    assertThat(SslMode.of(mode.word())).contains(mode);
    assertThat(SslMode.WORDS).contains(mode.word());
  }

  @Test
  void otherWordsAreNoModes() {
    assertThat(SslMode.of("allow")).isEmpty();
    assertThat(SslMode.of("VERIFY_CA")).isEmpty();
  }
}
