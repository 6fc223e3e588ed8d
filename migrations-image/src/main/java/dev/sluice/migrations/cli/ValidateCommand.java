package dev.sluice.migrations.cli;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderFindings;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.report.Exit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a folder by itself: journal and files agree, no number is there twice, sluice.sum"
            + " matches. Exits with 40 when something is wrong; changes nothing.")
final class ValidateCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(
      names = "--database",
      description = "and compare it with the database, as sluice status does")
  boolean database;

  ValidateCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var root = Path.of(Objects.requireNonNullElse(options.root, "."));
    var paths = new ArrayList<String>();
    for (var changelog : options.changelog) {
      var path = FolderPath.of(root, changelog);
      if (path.isEmpty() && !database) {
        System.err.println(changelog + " is no folder below " + root);
        System.err.println("  hint: a Liquibase changelog is validated with --database");
        return Exit.CONFIGURATION.code();
      }
      path.ifPresent(paths::add);
    }
    var variables = new Variables(options.over(environment), options::named);
    var placeholders = Placeholders.of(new ParameterSettings(variables).values());
    if (!variables.problems().isEmpty()) {
      variables.problems().forEach(System.err::println);
      return Exit.CONFIGURATION.code();
    }
    var exit = paths.isEmpty() ? Exit.SUCCESS : folder(root, paths, placeholders);
    return database && exit == Exit.SUCCESS
        ? new StatusProgram(options, environment, signals).run()
        : exit.code();
  }

  private static Exit folder(Path root, List<String> paths, Placeholders placeholders) {
    return switch (FolderReading.of(root, paths, placeholders)) {
      case FolderReading.Refused(_, var message, var hint) -> {
        System.out.println(message);
        System.out.println("  hint: " + hint);
        yield Exit.CONFIGURATION;
      }
      case FolderReading.Read(var folder) -> findings(folder);
    };
  }

  private static Exit findings(Folder folder) {
    folder.warnings().forEach(warning -> System.out.println("WARNING " + warning));
    var findings = FolderFindings.in(folder);
    findings.forEach(System.out::println);
    if (findings.isEmpty()) {
      System.out.printf(
          "%s: %d migrations, nothing is wrong%n",
          folder.path().isEmpty() ? "." : folder.path(), folder.migrations().size());
      return Exit.SUCCESS;
    }
    return Exit.CONFIGURATION;
  }
}
