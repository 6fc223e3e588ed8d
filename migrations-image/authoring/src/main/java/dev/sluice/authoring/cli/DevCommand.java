package dev.sluice.authoring.cli;

import dev.sluice.authoring.write.JsonText;
import dev.sluice.migrations.cli.LocalRun;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.DevServer;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    description =
        "Starts a PostgreSQL of its own, applies the migrations, prints the database's URL, and"
            + " stays up until Ctrl-C, which leaves nothing. It listens on this machine alone, on"
            + " a free port, with a password of its own.",
    footer = {
      "",
      "Examples:",
      "  sluice dev --changelog drizzle",
      "  sluice dev --changelog drizzle --watch",
      "",
      "Exit codes: 0 ended by Ctrl-C; 20 a migration fails (without --watch);",
      "40 fix the configuration."
    })
final class DevCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final Map<String, String> environment;
  private final Consumer<Stop> stopping;

  @Mixin private PlaceOptions folder = new PlaceOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--watch",
      description = "apply new files as they appear; without it a migration that fails ends it")
  boolean watch;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "value of a placeholder of Flyway's; may be repeated")
  Map<String, String> parameter = new LinkedHashMap<>();

  @Option(
      names = "--postgres",
      paramLabel = "MAJOR",
      description = "the major version, 14 to 18 (default: the newest)")
  @Nullable Integer postgres;

  DevCommand(Map<String, String> environment, Consumer<Stop> stopping) {
    this.environment = environment;
    this.stopping = stopping;
  }

  @Override
  public Integer call() {
    var place = folder.place();
    if (!Files.exists(place.root().resolve(place.path())) && !watch) {
      return VerbResult.configuration(
              place.path() + " isn't there, below " + place.root(),
              "name the folder of migrations; with --watch it may come later")
          .print(output.json());
    }
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stopping.accept(stop);
    try (var server = DevServer.starting(PostgresHome.of(environment), postgres, stop)) {
      return up(server, place, stop);
    } catch (CannotRehearseException e) {
      return stop.cause().isPresent()
          ? Exit.SUCCESS.code()
          : VerbResult.configuration("PostgreSQL can't be started: " + e.why(), "see --postgres")
              .print(output.json());
    } catch (SQLException e) {
      return new VerbResult.Failed(
              Exit.TRANSIENT,
              "PostgreSQL can't be started: " + e.getMessage(),
              List.of(),
              "run it again")
          .print(output.json());
    }
  }

  private int up(DevServer server, PlaceOptions.Place place, Stop stop) {
    var seen = files(place);
    var first =
        seen.isEmpty() ? Optional.<Report>empty() : Optional.of(applied(server, place, stop));
    if (!watch && first.filter(report -> report.exit() != Exit.SUCCESS).isPresent()) {
      return first.get().exit().code();
    }
    said(server);
    while (stop.sleep(LOOK)) {
      var end = server.end();
      if (end.isPresent()) {
        System.err.println("PostgreSQL has ended: " + end.get());
        return stop.cause().isPresent() ? Exit.SUCCESS.code() : Exit.TRANSIENT.code();
      }
      var now = watch ? files(place) : seen;
      if (!now.equals(seen) && isStill(now, place, stop)) {
        seen = now;
        applied(server, place, stop);
      }
    }
    return Exit.SUCCESS.code();
  }

  /** Nobody is writing any more. */
  private static boolean isStill(Map<String, String> files, PlaceOptions.Place place, Stop stop) {
    return stop.sleep(LOOK) && files(place).equals(files);
  }

  private Report applied(DevServer server, PlaceOptions.Place place, Stop stop) {
    var run = new HashMap<String, String>();
    environment.forEach((name, value) -> {
      if (name.equals(PostgresHome.VARIABLE)
          || !(name.startsWith("PG") || name.startsWith("SLUICE_"))) {
        run.put(name, value);
      }
    });
    run.putAll(server.libpq());
    run.put("SLUICE_ROOT", place.root().toString());
    run.put("SLUICE_CHANGELOG", place.path());
    run.put("SLUICE_PARAMETERS", JsonText.of(parameter));
    return LocalRun.report(run, output.json() ? System.err : System.out, stop);
  }

  private void said(DevServer server) {
    if (output.json()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("url", server.url());
      json.put("postgres", server.major());
      System.out.println(JsonText.of(json));
    } else {
      System.out.println(server.url());
      System.out.printf(
          "PostgreSQL %d is up%s; Ctrl-C ends it%n",
          server.major(), watch ? ", and new files are applied as they appear" : "");
    }
    System.out.flush();
  }

  /** Of the folder: names, and what tells that one was written. */
  private static Map<String, String> files(PlaceOptions.Place place) {
    var files = new TreeMap<String, String>();
    var path = place.root().resolve(place.path());
    if (!Files.exists(path)) {
      return files;
    }
    try (var all = Files.walk(path)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
      }
    } catch (IOException | UncheckedIOException _) {
      // one that was just deleted: the next look sees the rest
    }
    return files;
  }
}
