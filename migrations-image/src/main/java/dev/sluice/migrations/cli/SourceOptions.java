package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.ReportJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which changelog, for the commands for people; each option stands for a variable of the run
 * contract.
 */
class SourceOptions {
  enum Output {
    TEXT,
    JSON
  }

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "folder that changelog paths are relative to (default: .)")
  @Nullable String root;

  @Option(
      names = "--changelog",
      paramLabel = "PATH",
      description =
          "the changelog, or a folder of Drizzle or Flyway, relative to the root; several folders"
              + " of Flyway are one")
  List<String> changelog = new ArrayList<>();

  @Option(names = "--contexts", paramLabel = "EXPR", description = "Liquibase contexts")
  @Nullable String contexts;

  @Option(names = "--labels", paramLabel = "EXPR", description = "Liquibase label expression")
  @Nullable String labels;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description =
          "value of a changelog parameter of Liquibase or a placeholder of Flyway; may be repeated")
  Map<String, String> parameter = new LinkedHashMap<>();

  @Option(
      names = "--parameters",
      paramLabel = "FILE",
      description = "properties file with such values; --parameter wins")
  @Nullable String parameters;

  @Option(
      names = "--ledger-schema",
      paramLabel = "NAME",
      description =
          "schema of the ledger (default: sluice for a folder, else the session's current schema)")
  @Nullable String ledgerSchema;

  @Option(
      names = "--ledger-table",
      paramLabel = "NAME",
      description = "table of the ledger (default: databasechangelog)")
  @Nullable String ledgerTable;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description = "how long to wait for database and lock, and to work (default: 30m; 0s: none)")
  @Nullable String deadline;

  @Option(
      names = "--wait",
      description =
          "wait for a database that refuses connections until the deadline, on a terminal too,"
              + " where it is given up after 10 s, and a wrong password at once")
  boolean wait;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: the report on stdout, everything else on stderr")
  Output output = Output.TEXT;

  private final Set<String> typed = new HashSet<>();

  boolean json() {
    return output == Output.JSON;
  }

  /** Writes the report to standard output, if that is asked for. */
  Consumer<Report> reportWriter() {
    return report -> {
      if (json()) {
        System.out.println(new String(ReportJson.bytes(report), UTF_8));
      }
    };
  }

  /** A person at a terminal wants an error, not patience. */
  boolean isImpatient() {
    return !wait
        && Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  /** A person starts the database, or waits for it; the fields of a resource are of no use. */
  Failure advised(Failure failure) {
    return isImpatient() && failure.reason() == Reason.DATABASE_UNREACHABLE
        ? failure.hint("see PGHOST and PGPORT; with --wait it is waited for")
        : failure;
  }

  /** The environment, with these options over it. */
  Map<String, String> over(Map<String, String> environment) {
    var merged = new HashMap<>(environment);
    put(merged, "SLUICE_ROOT", root);
    if (!changelog.isEmpty()) {
      var paths = changelog.stream().map(path -> belowRoot(merged, path)).toList();
      put(merged, "SLUICE_CHANGELOG", paths.getFirst());
      put(merged, "SLUICE_CHANGELOG_ALSO", String.join(",", paths.subList(1, paths.size())));
    }
    put(merged, "SLUICE_CONTEXTS", contexts);
    put(merged, "SLUICE_LABELS", labels);
    if (!parameter.isEmpty()) {
      typed.add(ParameterSettings.ONE_BY_ONE);
    }
    if (parameters != null) {
      typed.add(ParameterSettings.FROM);
    }
    ParameterSettings.add(merged, parameter, parameters);
    put(merged, "SLUICE_LEDGER_SCHEMA", ledgerSchema);
    put(merged, "SLUICE_LEDGER_TABLE", ledgerTable);
    put(merged, "SLUICE_DEADLINE", deadline);
    return merged;
  }

  private static String belowRoot(Map<String, String> variables, String path) {
    return FolderPath.belowRoot(Path.of(variables.getOrDefault("SLUICE_ROOT", ".")), path);
  }

  void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      typed.add(name);
      variables.put(name, value);
    }
  }

  /** The option, unless the variable itself was set. */
  String named(String variable) {
    var missing = variable.equals("SLUICE_CHANGELOG") && changelog.isEmpty();
    return missing || typed.contains(variable) ? OptionNames.of(variable) : variable;
  }
}
