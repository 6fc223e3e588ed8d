package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
  private static final Credentials LOGIN = Credentials.login("ann", "secret");
  private static final Credentials SECRET =
      new Credentials("ann", "secret", "secret.example", 6432, "sales", "require", null);

  private static Destination destination(
      @Nullable String host, @Nullable Integer port, @Nullable String database) {
    return destination(host, port, database, TlsSettings.PREFER);
  }

  private static Destination destination(
      @Nullable String host, @Nullable Integer port, @Nullable String database, TlsSettings tls) {
    return new Destination(host, port, database, tls, "sluice", SessionSettings.DEFAULT);
  }

  private static Attempt<Address> at(String host, int port, String database) {
    return new Attempt.Got<>(new Address(host, port, database));
  }

  private static Attempt<Address> failed(String message) {
    return new Attempt.Failed<>(DatabaseProblem.of(Kind.SECRET_INVALID, message));
  }

  @Test
  void whatIsConfiguredWinsOverTheSecret() {
    assertThat(destination("db.example", 5433, "shop").address(SECRET))
        .isEqualTo(at("db.example", 5433, "shop"));
  }

  @Test
  void theSecretSaysWhatIsNotConfigured() {
    assertThat(destination(null, null, null).address(SECRET))
        .isEqualTo(at("secret.example", 6432, "sales"));
    assertThat(destination("db.example", null, null).address(SECRET))
        .isEqualTo(at("db.example", 6432, "sales"));
  }

  @Test
  void thePortIsTheUsualOneWhereNobodySaysIt() {
    assertThat(destination("db.example", null, "shop").address(LOGIN))
        .isEqualTo(at("db.example", 5432, "shop"));
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    assertThat(destination(null, null, null).address(LOGIN))
        .isEqualTo(
            failed(
                "missing: host (PGHOST, or host in the AWS secret or URL); database (PGDATABASE,"
                    + " or dbname in the AWS secret or URL)"));
    assertThat(destination("db.example", null, null).address(LOGIN))
        .isEqualTo(failed("missing: database (PGDATABASE, or dbname in the AWS secret or URL)"));
  }

  @ParameterizedTest
  @CsvSource({"db/x, 5432, shop", "db, 0, shop", "db, 65536, shop", "db, 5432, 'a\nb'"})
  void aSecretWithoutAnAddressIsInvalidAndNotShown(String host, int port, String database) {
    var secret = new Credentials("ann", "secret", host, port, database, null, null);
    assertThat(destination(null, null, null).address(secret))
        .isEqualTo(failed("the secret's host, port or database is not an address of a database"));
  }

  @Test
  void theModeThatIsConfiguredWinsOverTheUrl() {
    assertThat(destination(null, null, null).sslMode(SECRET)).contains(SslMode.PREFER);
  }

  @Test
  void theModeOfTheUrlWinsOverTheSafestOne() {
    var open = destination(null, null, null, new TlsSettings(null, null, null));
    assertThat(open.sslMode(SECRET)).contains(SslMode.REQUIRE);
    assertThat(open.sslMode(LOGIN)).contains(SslMode.VERIFY_FULL);
  }

  @Test
  void aUrlWithAnUnknownModeHasNone() {
    var open = destination(null, null, null, new TlsSettings(null, null, null));
    assertThat(open.sslMode(new Credentials("ann", "s", null, null, null, "allow", null)))
        .isEmpty();
  }
}
