package dev.sluice.migrations.cli;

import dev.sluice.migrations.folder.FolderSums;
import dev.sluice.migrations.folder.FolderSums.Result;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    description =
        "Writes sluice.sum into a folder: a file that is edited afterwards is refused before"
            + " anything runs.",
    footer = {"", "Examples:", "  sluice hash --changelog drizzle"})
final class HashCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "folder that changelog paths are relative to (default: .)")
  Path root = Path.of(".");

  @Option(
      names = "--changelog",
      required = true,
      paramLabel = "PATH",
      description = "a folder of Drizzle or Flyway, relative to the root; may be repeated")
  List<String> changelogs = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one object for each folder, on stdout (default: text)")
  SourceOptions.Output output = SourceOptions.Output.TEXT;

  @Override
  public Integer call() {
    return changelogs.stream()
        .map(this::hash)
        .filter(exit -> exit != Exit.SUCCESS.code())
        .findFirst()
        .orElse(Exit.SUCCESS.code());
  }

  private int hash(String changelog) {
    var path = FolderPath.of(root, changelog);
    if (path.isEmpty()) {
      return refused(
          changelog + " is no folder below " + root, "name a folder of Drizzle or Flyway");
    }
    return switch (FolderSums.write(root, path.get())) {
      case Result.Refused(var message, var hint) -> refused(message, hint);
      case Result.Written written when output == SourceOptions.Output.JSON -> {
        System.out.println(json(written));
        yield Exit.SUCCESS.code();
      }
      case Result.Written(var file, var files, var added, var changed, var removed) -> {
        print("added", added);
        print("changed", changed);
        print("removed", removed);
        System.out.printf(
            "%s: %d files%s%n",
            file,
            files,
            added.isEmpty() && changed.isEmpty() && removed.isEmpty() ? ", as it was" : "");
        yield Exit.SUCCESS.code();
      }
    };
  }

  private static void print(String what, List<String> names) {
    names.forEach(name -> System.out.println(what + ": " + name));
  }

  private static String json(Result.Written written) {
    return "{\"result\":\"written\",\"file\":%s,\"files\":%d,\"added\":%s,\"changed\":%s,\"removed\":%s,\"exit\":0}"
        .formatted(
            JsonText.quoted(written.file()),
            written.files(),
            JsonText.of(written.added()),
            JsonText.of(written.changed()),
            JsonText.of(written.removed()));
  }

  private int refused(String message, String hint) {
    if (output == SourceOptions.Output.JSON) {
      System.out.printf(
          "{\"result\":\"failed\",\"message\":%s,\"hint\":%s,\"exit\":%d}%n",
          JsonText.quoted(message), JsonText.quoted(hint), Exit.CONFIGURATION.code());
      return Exit.CONFIGURATION.code();
    }
    System.err.println(message);
    System.err.println("  hint: " + hint);
    return Exit.CONFIGURATION.code();
  }
}
