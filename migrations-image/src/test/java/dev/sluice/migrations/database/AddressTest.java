package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "db.example, shop, jdbc:postgresql://db.example:5432/shop",
    "10.0.0.1, shop, jdbc:postgresql://10.0.0.1:5432/shop",
    "::1, shop, jdbc:postgresql://[::1]:5432/shop",
    "fe80::1%eth0, shop, jdbc:postgresql://[fe80::1%eth0]:5432/shop",
    "db, 'a b/c?d&e=f#g', jdbc:postgresql://db:5432/a%20b%2Fc%3Fd%26e%3Df%23g",
    "db, grün, jdbc:postgresql://db:5432/gr%C3%BCn"
  })
  void aUrlHasNothingButTheAddress(String host, String database, String url) {
    assertThat(new Address(host, 5432, database).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db",
        "db-1.shop.svc.cluster.local.",
        "a_b.example",
        "1.2.3.4",
        "::",
        "::ffff:10.0.0.1",
        "A"
      })
  void aHostIsANameOrAnIpAddress(String host) {
    assertThat(Address.isHost(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-db",
        "db-",
        "a..b",
        "shop:5432",
        "db:5432",
        "10.0.0.1:5432",
        "::1:::2",
        "db/x",
        "db?x=y",
        "a,b",
        "[::1]",
        "a b",
        "db\n",
        "::1%",
        "gr\u00fcn",
        "/tmp"
      })
  void aHostIsNothingElse(String host) {
    assertThat(Address.isHost(host)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Address(host, 5432, "shop"));
  }

  @Test
  void aHostHasAtMost253CharactersAndEachPart63() {
    var part = "a".repeat(63);
    assertThat(Address.isHost(part + "." + part)).isTrue();
    assertThat(Address.isHost(part + "a")).isFalse();
    assertThat(Address.isHost("b." + part + "a")).isFalse();
    assertThat(Address.isHost((part + ".").repeat(3) + "a".repeat(61))).isTrue();
    assertThat(Address.isHost((part + ".").repeat(3) + "a".repeat(62))).isFalse();
  }

  @Test
  void aDatabaseHasAtMost63Bytes() {
    assertThat(Address.isDatabase("a".repeat(63))).isTrue();
    assertThat(Address.isDatabase("a".repeat(64))).isFalse();
    assertThat(Address.isDatabase("\u00fc".repeat(32))).isFalse();
    assertThat(Address.isDatabase("")).isFalse();
    assertThat(Address.isDatabase("a\0b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "65535, true", "65536, false", "-1, false"})
  void aPortHas16Bits(int port, boolean is) {
    assertThat(Address.isPort(port)).isEqualTo(is);
  }

  @Test
  void isShownWithoutALogin() {
    assertThat(new Address("db.example", 6432, "shop")).hasToString("shop at db.example:6432");
  }
}
