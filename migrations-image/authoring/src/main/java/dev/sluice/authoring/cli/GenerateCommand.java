package dev.sluice.authoring.cli;

import dev.sluice.authoring.generate.GenerateRequest;
import dev.sluice.authoring.generate.Generated;
import dev.sluice.authoring.generate.Generation;
import dev.sluice.authoring.generate.HandOver;
import dev.sluice.authoring.loss.AllowedLosses;
import dev.sluice.authoring.rename.Asking;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description =
        "Writes the next migrations of a folder: what makes of what its migrations make the schema"
            + " that is wanted. Needs no database: it starts a PostgreSQL, and throws it away.",
    footer = {
      "",
      "Examples:",
      "  sluice generate --name add-tier --changelog db --schema schema.sql",
      "  sluice generate --name add-tier --changelog drizzle \\",
      "    --schema-command 'npx drizzle-kit export'",
      "",
      "A folder with drizzle-kit's snapshots is written by the project's own",
      "drizzle-kit; what that wrote is rehearsed.",
      "",
      "Exit codes: 0 written, or nothing to do; 20 it can't be generated;",
      "30 data would be lost, or a rename is unclear; 40 fix the configuration."
    })
final class GenerateCommand implements Callable<Integer> {
  enum Output {
    TEXT,
    JSON
  }

  private final Map<String, String> environment;
  private final Consumer<Stop> stopping;

  @Mixin private FolderOptions folder = new FolderOptions();

  @Mixin private RenameOptions renames = new RenameOptions();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "what the migration is about, in kebab-case, as in add-tier")
  String name = "";

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "the wanted schema as SQL; - for standard input")
  @Nullable String schema;

  @Option(
      names = "--schema-command",
      paramLabel = "COMMAND",
      description = "prints the wanted schema as SQL, as npx drizzle-kit export does")
  @Nullable String schemaCommand;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "value of a placeholder of Flyway's; may be repeated")
  Map<String, String> parameter = new LinkedHashMap<>();

  @Option(
      names = "--postgres",
      paramLabel = "MAJOR",
      description = "the major version that the migrations are for, 14 to 18 (default: the newest)")
  @Nullable Integer postgres;

  @Option(
      names = "--allow-loss",
      paramLabel = "OBJECT",
      description = "whose data may be lost, as in customers.email; '*': of all; may be repeated")
  List<String> allowLoss = new ArrayList<>();

  @Option(
      names = "--plain",
      description =
          "one short migration, which may lock tables that are in use for long; otherwise indexes"
              + " are built concurrently, and rules are proved after they hold for new rows")
  boolean plain;

  @Option(names = "--dry-run", description = "prints the SQL, and writes nothing")
  boolean dryRun;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one object on stdout (default: text)")
  Output output = Output.TEXT;

  GenerateCommand(Map<String, String> environment, Consumer<Stop> stopping) {
    this.environment = environment;
    this.stopping = stopping;
  }

  @Override
  public Integer call() {
    GeneratedOutput printer =
        output == Output.JSON
            ? new GeneratedJson(System.out)
            : new GeneratedText(System.out, System.err);
    var generated = generated();
    printer.print(generated);
    return GeneratedOutput.exit(generated).code();
  }

  private Generated generated() {
    var migration = MigrationName.of(name);
    if (migration.isEmpty()) {
      return configuration(
          "--name is in kebab-case, small letters and digits between hyphens: " + name,
          "as in add-tier");
    }
    var place = folder.place();
    try {
      if (HandOver.isFor(place.root().resolve(place.path()))) {
        return handedOver(place, migration.get());
      }
    } catch (IOException e) {
      return configuration(place.path() + " can't be read: " + e.getMessage(), "see its rights");
    }
    if ((schema == null) == (schemaCommand == null)) {
      return configuration("one of --schema and --schema-command is needed", "see --help");
    }
    var wanted =
        schemaCommand == null
            ? WantedSchema.ofFile(String.valueOf(schema), System.in)
            : WantedSchema.ofCommand(schemaCommand, null);
    return switch (wanted) {
      case WantedSchema.Missing(var message, var details, var hint) ->
          new Generated.Failed(Exit.CONFIGURATION, message, details, hint);
      // as a command prints it that failed half-way: everything would be dropped
      case WantedSchema.Read read when read.sql().isBlank() ->
          configuration(
              "the wanted schema is empty: " + read.name(), "it has to have at least a comment");
      case WantedSchema.Read read -> generated(migration.get(), read);
    };
  }

  private Generated generated(MigrationName migration, WantedSchema.Read wanted) {
    var mistakes = new ArrayList<String>();
    var settlements = renames.settlements(wanted.sql(), allowLoss, mistakes);
    if (!mistakes.isEmpty()) {
      return configuration(String.join("; ", mistakes), "see --help");
    }
    var place = folder.place();
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stopping.accept(stop);
    var request =
        new GenerateRequest(
            place.root(),
            place.path(),
            folder.whereEmpty(),
            parameter,
            migration,
            wanted.sql(),
            wanted.name(),
            postgres,
            renames.areFound(),
            settlements,
            output == Output.JSON ? Asking.NOBODY : TerminalAsking.ofProcess(),
            new AllowedLosses(allowLoss),
            plain,
            dryRun);
    return new Generation(request, PostgresHome.of(environment), new RunContext(stop, _ -> {}))
        .result(Instant.now());
  }

  /** drizzle-kit reads its own configuration, and asks itself. */
  private Generated handedOver(PlaceOptions.Place place, MigrationName migration) {
    if (schema != null || schemaCommand != null || dryRun) {
      return configuration(
          place.path()
              + " has drizzle-kit's snapshots, so drizzle-kit generates: it reads its own schema,"
              + " and always writes",
          "leave --schema, --schema-command and --dry-run out");
    }
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stopping.accept(stop);
    return new HandOver(
            place.root(),
            place.path(),
            migration,
            postgres,
            PostgresHome.of(environment),
            new RunContext(stop, _ -> {}),
            output == Output.JSON ? System.err : null)
        .result();
  }

  private static Generated configuration(String message, String hint) {
    return new Generated.Failed(Exit.CONFIGURATION, message, List.of(), hint);
  }
}
