package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Build;
import dev.sluice.migrations.engine.UnexpectedFailure;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.TerminationLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands for people. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineProgram.Version.class,
    description = "Applies migrations to a PostgreSQL database.",
    footer = {
      "",
      "The database is named by --url, else by libpq's variables: PGHOST (localhost),",
      "PGPORT (5432), PGUSER, PGPASSWORD, PGDATABASE (PGUSER), PGSSLMODE (prefer),",
      "PGSSLROOTCERT; else by DATABASE_URL.",
      "",
      "Exit codes: 0 done, 3 pending (status --exit-code), 10 may pass by",
      "itself, 11 waited until the deadline or interrupted, 20 permanent,",
      "30 refused by a policy, 40 bad configuration.",
      "",
      "sluice wait --help tells of another program, for init containers."
    })
final class CommandLineProgram implements Runnable {
  @Spec @Nullable CommandSpec spec;

  private CommandLineProgram() {}

  static int run(String[] arguments, Map<String, String> environment, Signals signals) {
    return run(arguments, environment, signals, MoreVerbs.NONE);
  }

  static int run(
      String[] arguments, Map<String, String> environment, Signals signals, MoreVerbs more) {
    try {
      return executed(arguments, environment, signals, more);
    } catch (RuntimeException | Error e) {
      return bug(e, environment);
    }
  }

  private static int executed(
      String[] arguments, Map<String, String> environment, Signals signals, MoreVerbs more) {
    return commandLine(environment, signals, more).execute(arguments);
  }

  /** With all its verbs. */
  static CommandLine commandLine(Map<String, String> environment, Signals signals, MoreVerbs more) {
    var commandLine = new CommandLine(new CommandLineProgram());
    more.commands(environment, signals::stopping).forEach(commandLine::addSubcommand);
    commandLine
        .addSubcommand(new RunCommand(environment, signals))
        .addSubcommand(new CheckCommand(environment, signals))
        .addSubcommand(new LoginCommand(environment, signals, TerminationLog.OF_THE_POD))
        .addSubcommand(new MigrateCommand(environment, signals))
        .addSubcommand(new StatusCommand(environment, signals))
        .addSubcommand(new RehearseCommand(environment, signals))
        .addSubcommand(new AdoptCommand(environment, signals))
        .addSubcommand(new BaselineCommand(environment, signals))
        .addSubcommand(new ValidateCommand(environment, signals))
        .addSubcommand(new HashCommand())
        .addSubcommand(new CompletionCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // words for another tool go through as they are
        .setExpandAtFiles(false)
        .setColorScheme(
            Help.defaultColorScheme(Colours.ofProcess().on() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler(MisreadArguments::printed)
        .setExecutionExceptionHandler((thrown, _, _) -> bug(thrown, environment));
    commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
    commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Verbs::listed);
    return commandLine;
  }

  /** picocli would print what was thrown, with its messages. */
  private static int bug(Throwable thrown, Map<String, String> environment) {
    var events = Outgoing.of(environment).events(List.of(Console.ofTerminal(System.err)));
    var report = Report.failed(null, List.of(), null, UnexpectedFailure.of(thrown, events));
    events.on(new RunEvent.Finished(report));
    return report.exit().code();
  }

  @Override
  public void run() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    var verbs =
        commandLine.getSubcommands().entrySet().stream()
            .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    throw new ParameterException(
        commandLine,
        "say what to do: %s or %s"
            .formatted(String.join(", ", verbs.subList(0, verbs.size() - 1)), verbs.getLast()));
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var build = Build.read();
      return new String[] {"sluice " + build.version() + " (Liquibase " + build.liquibase() + ")"};
    }
  }
}
