package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.GivenUrl;
import dev.sluice.migrations.credentials.MountedUrl;
import dev.sluice.migrations.database.Address;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.SearchPath;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.SslMode;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.engine.AdoptMode;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.ConnectionRequest;
import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.engine.HistoryRequest;
import dev.sluice.migrations.engine.RehearsalRequest;
import dev.sluice.migrations.engine.RehearsalRequest.Mode;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.postgres.RevisionTable;
import dev.sluice.migrations.postgres.TableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a run is told by environment variables, read once, all errors at once. */
sealed interface Settings {
  /** {@code probePort}: where {@link ProgressPorts} begin; null: none. */
  record Complete(RunRequest request, Duration deadline, @Nullable Integer probePort)
      implements Settings {}

  record Faulty(List<String> problems) implements Settings {}

  static Settings read(Map<String, String> environment) {
    return read(environment, name -> name);
  }

  /** {@code names}: what whoever set a variable calls it. */
  static Settings read(Map<String, String> environment, UnaryOperator<String> names) {
    return new Reader(new Variables(environment, names)).settings();
  }

  /** One part of a request after the other. */
  record Reader(Variables variables) {
    private static final Set<String> POLICIES = Set.of("Refuse", "Allow");
    private static final Set<String> APPROVAL = Set.of("Automatic", "Manual");
    private static final String A_NAME = "a name of at most 63 bytes, without control characters";
    private static final int MOST_REQUIRED = 100;
    private static final String NAMES = "at most 100 revisions, separated by commas";
    private static final String PLAIN = "a plain SQL identifier: letters, digits, _ and $";

    Settings settings() {
      if (variables.has("PGOPTIONS")) {
        variables.problem(
            "PGOPTIONS isn't read; set SLUICE_SEARCH_PATH, SLUICE_ROLE, SLUICE_LOCK_TIMEOUT or"
                + " SLUICE_STATEMENT_TIMEOUT, or the user's settings by ALTER ROLE");
      }
      var request =
          new RunRequest(
              new ConnectionRequest(destination(), new CredentialSettings(variables).source()),
              changelog(),
              ledger(),
              policy(),
              history(),
              approval(),
              rehearsal(),
              revision());
      var deadline = deadline();
      var probePort = variables.port("SLUICE_PROBE_PORT");
      return variables.problems().isEmpty()
          ? new Complete(request, deadline, probePort)
          : new Faulty(variables.problems());
    }

    Duration deadline() {
      return variables.duration("SLUICE_DEADLINE", Duration.ofMinutes(30));
    }

    private static boolean isName(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length <= 63
          && name.chars().noneMatch(Character::isISOControl);
    }

    private TableName ledger() {
      return new TableName(
          variables.matching("SLUICE_LEDGER_SCHEMA", SearchPath::isPlain, PLAIN),
          variables.matching("SLUICE_LEDGER_TABLE", SearchPath::isPlain, PLAIN));
    }

    private RevisionTable.Entry revision() {
      var target = variables.matching("SLUICE_TARGET", Reader::isName, A_NAME);
      return new RevisionTable.Entry(
          variables.matching("SLUICE_REVISION", Reader::isName, A_NAME),
          target == null ? "" : target,
          required());
    }

    private List<String> required() {
      var listed = variables.matching("SLUICE_REQUIRED_REVISIONS", Reader::areNames, NAMES);
      return listed == null || listed.isEmpty() ? List.of() : List.of(listed.split(",", -1));
    }

    /** Bounded, since the answers have to fit into a termination message. */
    private static boolean areNames(String listed) {
      var names = List.of(listed.split(",", -1));
      return names.size() <= MOST_REQUIRED && names.stream().allMatch(Reader::isName);
    }

    Destination destination() {
      var fromSecret = new CredentialSettings(variables).sayWhere();
      return new Destination(
          part("PGHOST", Address::isHost, "a host name or an IP address", fromSecret),
          variables.port("PGPORT"),
          part("PGDATABASE", Address::isDatabase, "a database's name", fromSecret),
          tls(),
          applicationName(),
          session());
    }

    /** An AWS secret or a URL may carry it; else it must be set. */
    private @Nullable String part(
        String name, Predicate<String> right, String needed, boolean fromSecret) {
      return fromSecret
          ? variables.matching(name, right, needed)
          : variables.required(name, right, needed);
    }

    private TlsSettings tls() {
      return new TlsSettings(sslMode(), path("PGSSLROOTCERT"), client());
    }

    /** Null: a URL may say it. */
    private @Nullable SslMode sslMode() {
      var word = variables.matching("PGSSLMODE", w -> SslMode.of(w).isPresent(), SslMode.WORDS);
      if (word != null) {
        return SslMode.of(word).orElseThrow();
      }
      return variables.has(CredentialSettings.URL_KEY) || variables.has(CredentialSettings.IAM_USER)
          ? null
          : SslMode.PREFER;
    }

    private TlsSettings.@Nullable Client client() {
      var certificate = path("PGSSLCERT");
      var key = path("PGSSLKEY");
      if ((certificate == null) != (key == null)) {
        variables.problem("PGSSLCERT and PGSSLKEY go together: set both or none");
      }
      return certificate == null || key == null ? null : new TlsSettings.Client(certificate, key);
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
          variables.matching("SLUICE_ROLE", Reader::isName, A_NAME),
          timeout("SLUICE_LOCK_TIMEOUT", usual.lockTimeout()),
          timeout("SLUICE_STATEMENT_TIMEOUT", usual.statementTimeout()),
          searchPath());
    }

    private List<String> searchPath() {
      var needed = "plain SQL identifiers, separated by commas";
      var path = variables.matching("SLUICE_SEARCH_PATH", SearchPath::isOne, needed);
      return path == null ? List.of() : SearchPath.schemas(path);
    }

    /** PostgreSQL counts milliseconds in 31 bits. */
    private Duration timeout(String name, Duration otherwise) {
      var given = variables.duration(name, otherwise);
      if (given.toMillis() > Integer.MAX_VALUE) {
        variables.problem(name, "must be at most 596h");
      }
      return given;
    }

    private Changelog changelog() {
      var needed = "a path below the root (%s), without .. and backslashes".formatted(root());
      var path =
          variables.required(
              "SLUICE_CHANGELOG", p -> Changelog.isPath(p) && !p.contains("\\"), needed);
      return new Changelog(
          root(),
          path.isEmpty() ? "none" : path,
          also(),
          variables.or("SLUICE_CONTEXTS", ""),
          variables.or("SLUICE_LABELS", ""),
          new ParameterSettings(variables).values());
    }

    private Path root() {
      return Path.of(variables.or("SLUICE_ROOT", "."));
    }

    private List<String> also() {
      var needed = "paths relative to the root, separated by commas";
      var listed = variables.matching("SLUICE_CHANGELOG_ALSO", Reader::arePaths, needed);
      return listed == null ? List.of() : List.of(listed.split(",", -1));
    }

    private static boolean arePaths(String listed) {
      return Stream.of(listed.split(",", -1))
          .allMatch(p -> Changelog.isPath(p) && !p.contains("\\"));
    }

    private PlanApproval approval() {
      var word = variables.matching("SLUICE_APPROVAL", APPROVAL::contains, "Automatic or Manual");
      var digest =
          variables.matching(
              "SLUICE_APPROVED", PlanApproval::isDigest, "the digest of a plan, 64 hex digits");
      return new PlanApproval("Manual".equals(word), digest);
    }

    /** A program for people rehearses when it is asked to; the operator always says. */
    private RehearsalRequest rehearsal() {
      var word =
          variables.matching(
              "SLUICE_REHEARSAL", w -> Mode.of(w).isPresent(), "Enforce, Warn or Never");
      return new RehearsalRequest(
          word == null ? Mode.NEVER : Mode.of(word).orElseThrow(),
          Path.of(variables.or("SLUICE_REHEARSAL_DIR", System.getProperty("java.io.tmpdir"))),
          serverUrl(),
          databaseUrl());
    }

    private @Nullable CredentialSource serverUrl() {
      var url = variables.get("SLUICE_REHEARSAL_URL");
      return url == null ? null : new GivenUrl(url, "");
    }

    private @Nullable CredentialSource databaseUrl() {
      var file =
          variables.matching(
              "SLUICE_REHEARSAL_URL_FILE", MountedUrl::isFile, "the absolute path of a file");
      return file == null ? null : MountedUrl.of(Path.of(file));
    }

    private FolderPolicy policy() {
      return new FolderPolicy(
          isAllowed("SLUICE_OUT_OF_ORDER"),
          isAllowed("SLUICE_MISSING"),
          isAllowed("SLUICE_EDITED"),
          !"Refuse".equals(policy("SLUICE_DATABASE_AHEAD")));
    }

    private boolean isAllowed(String name) {
      return "Allow".equals(policy(name));
    }

    private @Nullable String policy(String name) {
      return variables.matching(name, POLICIES::contains, "Refuse or Allow");
    }

    private HistoryRequest history() {
      var word =
          variables.matching(
              "SLUICE_ADOPT", w -> AdoptMode.of(w).isPresent(), "Auto, Drizzle, Flyway or Never");
      return new HistoryRequest(
          word == null ? AdoptMode.AUTO : AdoptMode.of(word).orElseThrow(),
          new TableName(
              variables.matching("SLUICE_HISTORY_SCHEMA", Reader::isName, A_NAME),
              variables.matching("SLUICE_HISTORY_TABLE", Reader::isName, A_NAME)),
          variables.get("SLUICE_BASELINE_TO"));
    }
  }
}
