package dev.sluice.migrations.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014",
        "57P01", "57P02", "57P03", "57P05", "58030"
      })
  void mayPassByItself(String state) {
    assertThat(SqlStates.mayPass(state)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "3D000", "28P01", "42501", "42P07", "23505", "25001", "55006", "57P04", "XX000"
      })
  void doesNotPassByItself(String state) {
    assertThat(SqlStates.mayPass(state)).isFalse();
  }

  @Test
  void whileConnectingADatabaseMayComeToo() {
    assertThat(SqlStates.mayPassWhileConnecting("3D000")).isTrue();
    assertThat(SqlStates.mayPassWhileConnecting("57P03")).isTrue();
    assertThat(SqlStates.mayPassWhileConnecting("42501")).isFalse();
  }

  @Test
  void onlyARefusedLoginMayBeRotating() {
    assertThat(SqlStates.isAuthentication("28P01")).isTrue();
    assertThat(SqlStates.isAuthentication("28000")).isTrue();
    assertThat(SqlStates.isAuthentication("42501")).isFalse();
  }
}
