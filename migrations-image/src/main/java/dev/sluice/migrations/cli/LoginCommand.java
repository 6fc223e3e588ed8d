package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Login;
import dev.sluice.migrations.database.LoginSource;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.LoginFetch;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.UnexpectedFailure;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.TerminationLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a pod runs before another tool, whose login comes from a URL or from AWS. */
@Command(
    name = "login",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Fetches user and password, and hands them to another tool by files.")
final class LoginCommand implements Callable<Integer> {
  private static final String FOLDER = "SLUICE_LOGIN";

  /** The user's variables that refer to what only this program knows, in their order. */
  private static final String REFERRING = "SLUICE_LOGIN_ENV";

  private final Map<String, String> environment;
  private final Signals signals;
  private final TerminationLog terminationLog;

  @Parameters(paramLabel = "WORD", description = "the tool's command and arguments")
  private List<String> words = List.of();

  LoginCommand(Map<String, String> environment, Signals signals, TerminationLog terminationLog) {
    this.environment = environment;
    this.signals = signals;
    this.terminationLog = terminationLog;
  }

  @Override
  public Integer call() {
    var outgoing = Outgoing.of(environment);
    var events =
        outgoing.events(List.of(Console.ofPod(System.out), new ReportSink(terminationLog::write)));
    var failure = guarded(outgoing, events);
    failure.ifPresent(
        why -> events.on(new RunEvent.Finished(Report.failed(null, List.of(), null, why))));
    return failure.map(why -> why.exit().code()).orElse(0);
  }

  private Optional<Failure> guarded(Outgoing outgoing, RunEventSink events) {
    try {
      return failure(outgoing, events);
    } catch (RuntimeException | Error e) {
      return Optional.of(UnexpectedFailure.of(e, events));
    }
  }

  private Optional<Failure> failure(Outgoing outgoing, RunEventSink events) {
    var variables = new Variables(environment);
    var folder = variables.required(FOLDER, _ -> true, "a folder to write to");
    var names = variables.optional(REFERRING).map(n -> List.of(n.split(" "))).orElse(List.of());
    names.stream()
        .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
        .forEach(name ->
            variables.problem(
                "pod.env: " + name + " refers to the login, so it must be a name for a shell"));
    var settings = new Settings.Reader(variables);
    var logins =
        new LoginSource(
            settings.destination(), outgoing.watched(new CredentialSettings(variables).source()));
    var stop = new Stop(Deadline.in(settings.deadline()));
    signals.stopping(stop);
    if (!variables.problems().isEmpty()) {
      return Optional.of(RunProgram.faulty(variables.problems()));
    }
    return switch (LoginFetch.of(logins, new RunContext(stop, events))) {
      case LoginFetch.Failed(var failure) -> Optional.of(failure);
      case LoginFetch.Got(var login) -> handed(login, names, Path.of(folder));
    };
  }

  private Optional<Failure> handed(Login login, List<String> names, Path folder) {
    var values = values(login);
    var references =
        new VariableReferences(
            name -> values.containsKey(name) ? values.get(name) : environment.get(name));
    names.forEach(
        name -> values.put(name, references.expanded(environment.getOrDefault(name, ""))));
    try {
      new LoginFiles(folder).write(values, words.stream().map(references::expanded).toList());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Failure.of(
              Reason.CONFIGURATION_INVALID,
              "the login can't be written to " + folder + ": " + e.getClass().getSimpleName()));
    }
  }

  private static SequencedMap<String, String> values(Login login) {
    var values = new LinkedHashMap<String, String>();
    values.put("PGHOST", login.address().host());
    values.put("PGPORT", String.valueOf(login.address().port()));
    values.put("PGDATABASE", login.address().database());
    values.put("PGSSLMODE", login.sslMode().word());
    values.put("PGUSER", login.credentials().username());
    values.put("PGPASSWORD", login.credentials().password());
    return values;
  }
}
