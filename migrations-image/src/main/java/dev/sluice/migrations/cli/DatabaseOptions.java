package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.credentials.GivenUrl;
import dev.sluice.migrations.engine.ConnectionRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database: a URL, else libpq's variables, else {@code DATABASE_URL}. */
public final class DatabaseOptions {
  private static final String IN_ENVIRONMENT = "DATABASE_URL";

  /** Those that say where a database is, or as whom it is asked. */
  private static final List<String> NAMING =
      List.of(
          "PGHOST",
          "PGPORT",
          "PGUSER",
          "PGDATABASE",
          "PGPASSWORD",
          "SLUICE_AWS_SECRET_ID",
          "SLUICE_RDS_IAM_USER",
          "SLUICE_CREDENTIALS");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the database, postgresql://user@host:port/name?sslmode=…, with the password in"
              + " PGPASSWORD (default: PGHOST, PGUSER, … as libpq has them, or DATABASE_URL)")
  @Nullable String url;

  /** With libpq's variables as the URL says, if there is one. */
  public Map<String, String> over(Map<String, String> environment) {
    var given = environment.get(IN_ENVIRONMENT);
    if (url != null) {
      return with("--url", url, environment);
    }
    return given == null || given.isBlank() || isNamed(environment)
        ? environment
        : with(IN_ENVIRONMENT, given, environment);
  }

  /** The same; where nothing names a database, it says how to. */
  public Map<String, String> required(Map<String, String> environment) {
    var merged = over(environment);
    if (!isNamed(merged)) {
      throw mistake(
          "no database is named: with --url postgresql://user@host/name, by PGHOST, PGUSER,"
              + " PGDATABASE and PGPASSWORD, or by DATABASE_URL");
    }
    return merged;
  }

  /** How it is connected to, with libpq's defaults. */
  public ConnectionRequest connection(Map<String, String> environment) {
    var merged = new HashMap<>(required(environment));
    withDefaults(merged);
    var variables = new Variables(merged, name -> name);
    var reader = new Settings.Reader(variables);
    var connection =
        new ConnectionRequest(reader.destination(), new CredentialSettings(variables).source());
    if (!variables.problems().isEmpty()) {
      throw mistake(String.join("; ", variables.problems()));
    }
    return connection;
  }

  static void withDefaults(Map<String, String> variables) {
    if (!variables.containsKey("SLUICE_AWS_SECRET_ID")) {
      variables.putIfAbsent("PGHOST", "localhost");
      variables.putIfAbsent("PGUSER", System.getProperty("user.name", ""));
      variables.putIfAbsent("PGDATABASE", variables.get("PGUSER"));
    }
  }

  private static boolean isNamed(Map<String, String> environment) {
    return NAMING.stream().anyMatch(environment::containsKey);
  }

  private Map<String, String> with(String from, String text, Map<String, String> environment) {
    return switch (new GivenUrl(text, environment.getOrDefault("PGPASSWORD", "")).read()) {
      case Reading.Found(var credentials) -> with(credentials, environment);
      case Reading.Invalid(var why) -> throw mistake(from + ": " + why);
      case Reading.KeyMissing _, Reading.Refused _, Reading.NoIdentity _, Reading.Unavailable _ ->
          throw mistake(from + " can't be read");
    };
  }

  /** What the URL leaves open isn't taken from elsewhere but for TLS. */
  private static Map<String, String> with(
      Credentials credentials, Map<String, String> environment) {
    var merged = new HashMap<>(environment);
    merged.put("PGHOST", credentials.host() == null ? "localhost" : credentials.host());
    merged.put("PGUSER", credentials.username());
    merged.put("PGPASSWORD", credentials.password());
    merged.put("PGDATABASE", Objects.toString(credentials.database(), credentials.username()));
    merged.remove("PGPORT");
    if (credentials.port() != null) {
      merged.put("PGPORT", String.valueOf(credentials.port()));
    }
    if (credentials.sslMode() != null) {
      merged.put("PGSSLMODE", credentials.sslMode());
    }
    return merged;
  }

  private ParameterException mistake(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
