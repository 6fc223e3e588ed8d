package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static Credentials found(String url) {
    return DatabaseUrl.read(url) instanceof Reading.Found(var credentials)
        ? credentials
        : Credentials.login("", "");
  }

  private static String invalid(String url) {
    return DatabaseUrl.read(url) instanceof Reading.Invalid(var message) ? message : "it is valid";
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgres://ann:pw@db.example.com:5433/shop, db.example.com, 5433, shop, -",
        "postgresql://ann:pw@db.example.com/shop?sslmode=require, db.example.com, -, shop, require",
        "postgres://ann:pw@db/, db, -, -, -",
        "postgres://ann:pw@db, db, -, -, -",
        "postgres://ann:pw@/shop, -, -, shop, -",
        "postgres://ann:pw@[fe80::1]:1/shop, fe80::1, 1, shop, -",
        "postgres://ann:pw@db/caf%C3%A9%20%2F?, db, -, café /, -"
      })
  void isTakenApart(
      String url,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String database,
      @Nullable String sslMode) {
    assertThat(found(url))
        .isEqualTo(new Credentials("ann", "pw", host, port, database, sslMode, null));
  }

  @Test
  void holdsOddPasswordsEncoded() {
    var found = found("postgres://a%40b:p%25w%3A+%2F%3F%23%00é'\";$@db/shop");
    assertThat(found.username()).isEqualTo("a@b");
    assertThat(found.password()).isEqualTo("p%w:+/?#\0é'\";$");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:canary@db/s?sslrootcert=/x, the parameter sslrootcert",
    "postgres://u:canary@db/s?socketFactory=canary&sslmode=disable, the parameter socketFactory",
    "postgres://u:canary@db/s?sslmode=disable&sslmode=require, sslmode twice",
    "postgres://u:canary@db/s?sslmode=disable&options=-c%20canary, the parameter options",
    "postgres://u:canary@db/s?%73slmode=canary, isn't sslmode",
    "postgres://u:canary@db/s?&canary/, isn't sslmode",
    "postgres://u:can@ary@db/s, write @",
    "postgres://u:can#ary@db/s, write @",
    "postgres://u:canary@db/s#canary, isn't like",
    "postgres://u:canary@db:80000000/canary, isn't like",
    "postgres://u:canary@one:1@two:2/s, isn't like",
    "jdbc:postgresql://u:canary@db/s, begin with postgres://",
    "mysql://u:canary@db/s, begin with postgres://",
    "postgres://canary@db/s, lacks the password",
    "postgres://u:@db/s?sslmode=require, lacks the password",
    "postgres://db/canary, lacks the user",
    "postgres://u:canary%zz@db/s, % that",
    "postgres://u:canary%f@db/s, % that",
    "postgres://u:canary%@db/s, % that",
    "postgres://u:canary%ff@db/s, % that"
  })
  void isRefusedWithWhatIsAmissAndWithoutAValue(String url, String message) {
    assertThat(invalid(url)).contains(message).doesNotContain("canary");
  }

  /** What the address then refuses: it is never tried. */
  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a%3Fsslmode=disable", "a b", "a%2Fb", "a%00b"})
  void handsAnOddHostOnAsItIs(String host) {
    assertThat(found("postgres://u:p@" + host + "/s").host()).isNotNull();
  }
}
