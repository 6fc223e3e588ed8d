package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.AwsSecret;
import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.credentials.MountedSecret;
import dev.sluice.migrations.database.Address;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.SslMode;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.Order;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that a run is told by environment variables, read once, all errors at once. */
sealed interface Settings {
  /** {@code probePort}: where {@link Doors} begin; null: none. */
  record Complete(Order order, Duration deadline, @Nullable Integer probePort)
      implements Settings {}

  record Faulty(List<String> problems) implements Settings {}

  static Settings read(Map<String, String> environment) {
    return new Reader(new Variables(environment)).settings();
  }

  /** One part of an order after the other. */
  record Reader(Variables variables) {
    private static final String A_NAME = "a name of at most 63 bytes";

    Settings settings() {
      var order =
          new Order(
              destination(),
              credentials(),
              changelog(),
              variables.matching("SLUICE_LEDGER_SCHEMA", Reader::isIdentifier, A_NAME),
              ledgerTable(),
              variables.get("SLUICE_REVISION"),
              variables.or("SLUICE_TARGET", ""),
              Order.POLL,
              Order.WRONG_PASSWORD);
      var deadline = variables.duration("SLUICE_DEADLINE", Duration.ofMinutes(30));
      var probePort = variables.port("SLUICE_PROBE_PORT");
      return variables.problems().isEmpty()
          ? new Complete(order, deadline, probePort)
          : new Faulty(variables.problems());
    }

    private static boolean isIdentifier(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length <= 63
          && name.chars().noneMatch(Character::isISOControl);
    }

    private String ledgerTable() {
      var table = variables.matching("SLUICE_LEDGER_TABLE", Reader::isIdentifier, A_NAME);
      return table == null ? Ledger.USUAL_TABLE : table;
    }

    private Destination destination() {
      var fromSecret = variables.has("SLUICE_AWS_SECRET_ID");
      return new Destination(
          part("PGHOST", Address::isHost, "a host name or an IP address", fromSecret),
          variables.port("PGPORT"),
          part("PGDATABASE", Address::isDatabase, "a database's name", fromSecret),
          sslMode(),
          path("PGSSLROOTCERT"),
          applicationName(),
          session());
    }

    /** An AWS secret may carry it; else it must be set. */
    private @Nullable String part(
        String name, Predicate<String> right, String needed, boolean fromSecret) {
      return fromSecret
          ? variables.matching(name, right, needed)
          : variables.required(name, right, needed);
    }

    private SslMode sslMode() {
      var needed = "disable, prefer, require, verify-ca or verify-full";
      var word = variables.matching("PGSSLMODE", w -> SslMode.of(w).isPresent(), needed);
      return word == null ? SslMode.PREFER : SslMode.of(word).orElseThrow();
    }

    private @Nullable Path path(String name) {
      var value = variables.get(name);
      return value == null ? null : Path.of(value);
    }

    /** PostgreSQL cuts it anyway, at 63 bytes. */
    private String applicationName() {
      var name = variables.or("PGAPPNAME", "sluice");
      while (name.getBytes(StandardCharsets.UTF_8).length > 63) {
        name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
      }
      return name;
    }

    private SessionSettings session() {
      var usual = SessionSettings.DEFAULT;
      return new SessionSettings(
          variables.matching("SLUICE_ROLE", Reader::isIdentifier, A_NAME),
          timeout("SLUICE_LOCK_TIMEOUT", usual.lockTimeout()),
          timeout("SLUICE_STATEMENT_TIMEOUT", usual.statementTimeout()));
    }

    /** PostgreSQL counts milliseconds in 31 bits. */
    private Duration timeout(String name, Duration otherwise) {
      var given = variables.duration(name, otherwise);
      if (given.toMillis() > Integer.MAX_VALUE) {
        variables.problem(name + " must be at most 596h");
      }
      return given;
    }

    private Changelog changelog() {
      var needed = "a path relative to the root, without ..";
      var path = variables.required("SLUICE_CHANGELOG", Changelog::isPath, needed);
      return new Changelog(
          Path.of(variables.or("SLUICE_ROOT", ".")),
          path.isEmpty() ? "none" : path,
          variables.or("SLUICE_CONTEXTS", ""),
          variables.or("SLUICE_LABELS", ""));
    }

    private CredentialSource credentials() {
      var secret = variables.get("SLUICE_AWS_SECRET_ID");
      var folder = variables.get("SLUICE_CREDENTIALS");
      if (secret != null && folder != null) {
        variables.problem("SLUICE_AWS_SECRET_ID and SLUICE_CREDENTIALS exclude each other");
      }
      if (secret != null) {
        return awsSecret(secret);
      }
      return folder != null ? mounted(Path.of(folder)) : given();
    }

    private CredentialSource mounted(Path folder) {
      var needed = "a key of a Secret";
      var username = variables.matching("SLUICE_USERNAME_KEY", MountedSecret::isKey, needed);
      var password = variables.matching("SLUICE_PASSWORD_KEY", MountedSecret::isKey, needed);
      return new MountedSecret(
          folder,
          username == null ? "username" : username,
          password == null ? "password" : password);
    }

    private CredentialSource awsSecret(String secret) {
      var region = variables.optional("AWS_REGION").or(() -> AwsSecret.regionOf(secret));
      if (region.isEmpty() && !variables.has("AWS_DEFAULT_REGION")) {
        variables.problem(
            "AWS_REGION is not set, and SLUICE_AWS_SECRET_ID is no ARN that names it");
      }
      return new AwsSecret(secret, region.orElse(null), endpoint());
    }

    private Optional<URI> endpoint() {
      var name =
          variables.has("AWS_ENDPOINT_URL_SECRETS_MANAGER")
              ? "AWS_ENDPOINT_URL_SECRETS_MANAGER"
              : "AWS_ENDPOINT_URL";
      var needed = "an http or https URL";
      var value = variables.matching(name, v -> v.matches("https?://[^\\s/]+\\S*"), needed);
      return Optional.ofNullable(value).map(URI::create);
    }

    private CredentialSource given() {
      var needed = "a user, where neither SLUICE_CREDENTIALS nor SLUICE_AWS_SECRET_ID is set";
      var user = variables.required("PGUSER", _ -> true, needed);
      var login = Credentials.login(user, variables.or("PGPASSWORD", ""));
      return () -> new Reading.Found(login);
    }
  }
}
