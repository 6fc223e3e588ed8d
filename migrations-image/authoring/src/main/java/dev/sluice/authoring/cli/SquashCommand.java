package dev.sluice.authoring.cli;

import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.authoring.snapshot.Squash;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.authoring.write.WritableFolder;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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
    name = "squash",
    mixinStandardHelpOptions = true,
    description =
        "Makes one baseline script (B3__baseline.sql) of the old migrations of a Flyway folder. A"
            + " new database begins with it; one that has the old ones, up to that version, runs"
            + " nothing. Both folders are replayed, and must make the same schema.",
    footer = {
      "",
      "Examples:",
      "  sluice squash --to V42__add_tier --changelog db/migration",
      "  sluice squash --to 42 --changelog db/migration --move-to db/old",
      "",
      "Exit codes: 0 written, 40 it can't be squashed, or fix the configuration."
    })
final class SquashCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Consumer<Stop> stopping;

  @Mixin private PlaceOptions folder = new PlaceOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME",
      description = "the last migration that it stands for: its file, or its version")
  String to = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "baseline",
      description = "of the script, in kebab-case (default: baseline)")
  String name = "baseline";

  @Option(
      names = "--move-to",
      paramLabel = "DIR",
      description = "where the old files go (default: they are deleted)")
  @Nullable Path moveTo;

  @Option(
      names = "--without-rows",
      description = "also where the old migrations leave rows, which the script hasn't got")
  boolean withoutRows;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "value of a placeholder; may be repeated")
  Map<String, String> parameter = new LinkedHashMap<>();

  @Option(
      names = "--postgres",
      paramLabel = "MAJOR",
      description = "the major version to replay on, 14 to 18 (default: the newest)")
  @Nullable Integer postgres;

  SquashCommand(Map<String, String> environment, Consumer<Stop> stopping) {
    this.environment = environment;
    this.stopping = stopping;
  }

  @Override
  public Integer call() {
    return result().print(output.json());
  }

  private VerbResult result() {
    var words = MigrationName.of(name);
    if (words.isEmpty()) {
      return VerbResult.configuration("--name is in kebab-case: " + name, "as in baseline");
    }
    var place = folder.place();
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stopping.accept(stop);
    try {
      var target =
          WritableFolder.read(
              place.root(), place.path(), Layout.FLYWAY, Placeholders.of(parameter));
      try (var scratch = Scratch.starting(PostgresHome.of(environment), postgres, stop)) {
        var squashed =
            new Squash(target, parameter)
                .squashed(to, words.get(), withoutRows, scratch, new RunContext(stop, _ -> {}));
        var said = new ArrayList<String>();
        said.add(
            "%d files are one, written by %s; it makes the same schema"
                .formatted(squashed.edit().deleted().size(), squashed.by()));
        if (moveTo != null) {
          squashed.old().writeTo(moveTo.toAbsolutePath().normalize());
          said.add("the old ones are in " + moveTo);
        }
        target.write(squashed.edit());
        return new VerbResult.Written(place.path(), squashed.edit(), said);
      }
    } catch (WriteRefusedException e) {
      return VerbResult.refused(e);
    } catch (CannotRehearseException e) {
      return VerbResult.configuration("it can't be replayed: " + e.why(), "see --postgres");
    } catch (CannotCompareException | SQLException e) {
      return new VerbResult.Failed(
          Exit.PERMANENT, String.valueOf(e.getMessage()), List.of(), "see sluice rehearse");
    } catch (IOException e) {
      return VerbResult.configuration(
          "files can't be read or written: " + e.getMessage(), "see their rights");
    }
  }
}
