package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.GivenUrl;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.rehearsal.OwnRehearsal;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.rehearsal.observation.ObservationJson;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.ReportJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description =
        "Applies all migrations to an empty PostgreSQL that it starts and throws away, from the"
            + " first one. A second pass must find nothing to do. Needs no database.",
    footer = {
      "",
      "Examples:",
      "  sluice rehearse --changelog drizzle",
      "  sluice rehearse --changelog drizzle --like postgresql://ann@db/shop",
      "",
      "Exit codes: 0 what was rehearsed ran, 20 a changeset fails, 40 fix the",
      "configuration, 10 it couldn't be rehearsed this time: run it again."
    })
final class RehearseCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;
  private String observations = "[]";

  @Mixin private SourceOptions options = new SourceOptions();

  @Option(
      names = "--postgres",
      paramLabel = "MAJOR",
      description = "the major version to run on, 14 to 18 (default: 18, or that of --like)")
  @Nullable Integer postgres;

  @Option(
      names = "--like",
      paramLabel = "URL",
      description =
          "rehearse as for this database, with its version, roles and extensions; it is only read"
              + " (postgresql://user@host/name, and the password in PGPASSWORD)")
  @Nullable String like;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "a database that is kept for rehearsals, empty or a clone: rehearse in a copy of it"
              + " (the password in PGPASSWORD)")
  @Nullable String url;

  @Option(
      names = "--keep",
      description = "leave the server running, and print how to connect to it and how to end it")
  boolean keep;

  RehearseCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var merged = new HashMap<>(options.over(environment));
    // no database is asked for them
    merged.remove("PGOPTIONS");
    merged.put("PGHOST", "localhost");
    merged.put("PGUSER", OwnRehearsal.ROLE);
    merged.put("PGDATABASE", OwnRehearsal.DATABASE);
    var outgoing = Outgoing.of(merged);
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    var events = outgoing.events(List.of(console, new ReportSink(this::write)));
    var report =
        switch (Settings.read(merged, options::named)) {
          case Settings.Faulty(var problems) ->
              Report.failed(null, List.of(), null, RunProgram.faulty(problems));
          case Settings.Complete _ when !mistakes().isEmpty() ->
              Report.failed(null, List.of(), null, RunProgram.faulty(mistakes()));
          case Settings.Complete(var request, var deadline, _) -> {
            var stop = new Stop(Deadline.in(deadline));
            signals.stopping(stop);
            yield rehearsal(outgoing).report(request, new RunContext(stop, events));
          }
        };
    events.on(new RunEvent.Finished(report));
    return report.exit().code();
  }

  private List<String> mistakes() {
    var mistakes = new ArrayList<String>();
    if (url != null && (like != null || keep || postgres != null)) {
      mistakes.add("--url excludes --postgres, --like and --keep");
    }
    mistake("--like", like).ifPresent(mistakes::add);
    mistake("--url", url).ifPresent(mistakes::add);
    return mistakes;
  }

  private static Optional<String> mistake(String option, @Nullable String url) {
    return url != null && new GivenUrl(url, "").read() instanceof Reading.Invalid(var why)
        ? Optional.of(option + ": " + why)
        : Optional.empty();
  }

  private OwnRehearsal rehearsal(Outgoing outgoing) {
    return new OwnRehearsal(
        PostgresHome.of(environment),
        new LazyEngines(),
        postgres,
        source(like, outgoing),
        source(url, outgoing),
        keep,
        seen -> observations = outgoing.text().of(ObservationJson.of(seen)));
  }

  /** With all that was seen, which a termination message has no room for. */
  private void write(Report report) {
    if (options.json()) {
      var json = new String(ReportJson.bytes(report), UTF_8);
      System.out.println(
          json.substring(0, json.length() - 1) + ",\"observations\":" + observations + "}");
    }
  }

  private @Nullable CredentialSource source(@Nullable String text, Outgoing outgoing) {
    return text == null
        ? null
        : outgoing.watched(new GivenUrl(text, environment.getOrDefault("PGPASSWORD", "")));
  }
}
