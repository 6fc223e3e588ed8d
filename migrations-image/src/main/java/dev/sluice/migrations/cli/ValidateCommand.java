package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a folder by itself: journal and files agree, no number is there twice, sluice.sum"
            + " matches. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  sluice validate --changelog drizzle",
      "  sluice validate --changelog drizzle --custom Refuse",
      "  sluice validate --changelog drizzle --since-git origin/main",
      "",
      "Exit codes: 0 nothing is wrong, 20 a migration fails in the rehearsal,",
      "30 a custom migration changes the schema, 40 the folder is wrong."
    })
final class ValidateCommand implements Callable<Integer> {
  /** What becomes of a custom migration that changes the schema. */
  enum Custom {
    WARN,
    REFUSE
  }

  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(
      names = "--database",
      description = "and compare it with the database, as sluice status does")
  boolean database;

  @Option(
      names = "--rehearse",
      description =
          "and replay it on a PostgreSQL that is thrown away: names custom migrations (sluice new,"
              + " drizzle-kit generate --custom) that change the schema")
  boolean rehearse;

  @Option(
      names = "--custom",
      paramLabel = "Warn|Refuse",
      description = "what becomes of those (default: Warn); goes with --rehearse, and implies it")
  @Nullable Custom custom;

  @Option(
      names = "--since-git",
      paramLabel = "REF",
      description =
          "and compare it with another branch, as in origin/main: migrations of that which were"
              + " edited or deleted here, numbers that both took; both orders are replayed, to say"
              + " whether they make the same schema")
  @Nullable String sinceGit;

  @Option(
      names = "--postgres",
      paramLabel = "MAJOR",
      description = "the major version to replay on, 14 to 18 (default: the newest)")
  @Nullable Integer postgres;

  ValidateCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var root = Path.of(Objects.requireNonNullElse(options.root, "."));
    var outcome = new ValidationOutcome();
    var paths = new ArrayList<String>();
    for (var changelog : options.changelog) {
      var path = FolderPath.of(root, changelog);
      if (path.isEmpty() && !database) {
        outcome.finding(
            changelog + " is no folder below " + root,
            Exit.CONFIGURATION,
            "a Liquibase changelog is validated with --database");
      }
      path.ifPresent(paths::add);
    }
    var variables = new Variables(options.over(environment), options::named);
    var parameters = new ParameterSettings(variables).values();
    variables.problems().forEach(line -> outcome.finding(line, Exit.CONFIGURATION));
    if (outcome.exit() == Exit.SUCCESS && !paths.isEmpty()) {
      folder(root, paths, parameters, outcome);
    }
    if (database && outcome.exit() == Exit.SUCCESS) {
      if (!options.json()) {
        outcome.print(System.out, false);
      }
      return new StatusProgram(options, environment, signals).run();
    }
    outcome.print(System.out, options.json());
    return outcome.exit().code();
  }

  private void folder(
      Path root, List<String> paths, Map<String, String> parameters, ValidationOutcome outcome) {
    var reading = FolderReading.of(root, paths, Placeholders.of(parameters));
    if (sinceGit != null) {
      // first: where both took a number the folder may not be readable
      validation(root, paths, parameters, outcome).sinceGit(sinceGit);
    }
    switch (reading) {
      case FolderReading.Refused(_, var message, var hint) ->
          outcome.finding(message, Exit.CONFIGURATION, hint);
      case FolderReading.Read(var folder) ->
          checks(folder, validation(root, paths, parameters, outcome));
    }
  }

  private FolderValidation validation(
      Path root, List<String> paths, Map<String, String> parameters, ValidationOutcome outcome) {
    var changelog =
        new Changelog(root, paths.getFirst(), paths.subList(1, paths.size()), "", "", parameters);
    var stop = new Stop(Deadline.in(Duration.ZERO));
    signals.stopping(stop);
    return new FolderValidation(changelog, PostgresHome.of(environment), postgres, stop, outcome);
  }

  private void checks(Folder folder, FolderValidation validation) {
    validation.byItself(folder);
    if (rehearse || custom != null) {
      validation.customMigrations(folder, custom == Custom.REFUSE);
    }
  }
}
