package dev.sluice.authoring.cli;

import dev.sluice.authoring.write.Renumbering;
import dev.sluice.authoring.write.WritableFolder;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.validation.Branches;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "renumber",
    mixinStandardHelpOptions = true,
    description =
        "Puts the migrations that a branch adds after those that another has got meanwhile:"
            + " numbers, journal, drizzle-kit's snapshots, sluice.sum. What the other branch has"
            + " is taken over as it is there. Before a merge, in the middle of one, or of a"
            + " rebase: files that git left open are put right.",
    footer = {
      "",
      "Examples:",
      "  git fetch && sluice renumber --since-git origin/main --changelog drizzle",
      "",
      "Only what that branch lacks is renumbered: nothing that it has may change.",
      "",
      "Exit codes: 0 renumbered, or nothing to do; 40 fix the configuration, or",
      "what the other branch has was edited or deleted here."
    })
final class RenumberCommand implements Callable<Integer> {
  @Mixin private PlaceOptions folder = new PlaceOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--since-git",
      required = true,
      paramLabel = "REF",
      description = "the branch that goes first, as in origin/main")
  String ref = "";

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "value of a placeholder of Flyway's; may be repeated")
  Map<String, String> parameter = new LinkedHashMap<>();

  @Override
  public Integer call() {
    return result().print(output.json());
  }

  private VerbResult result() {
    var place = folder.place();
    var placeholders = Placeholders.of(parameter);
    try {
      return switch (Branches.read(place.root(), place.path(), ref, placeholders)) {
        case Branches.Reading.Refused(var message, var hint) ->
            VerbResult.configuration(message, hint);
        case Branches.Reading.Read(var branches) ->
            switch (new Renumbering(place.root(), place.path(), placeholders, branches)
                .result(Instant.now())) {
              case Renumbering.Result.Unchanged(var why) -> new VerbResult.Unchanged(why);
              case Renumbering.Result.Renumbered(var edit, var said) -> {
                WritableFolder.put(place.root().resolve(place.path()), edit);
                yield new VerbResult.Written(place.path(), edit, said);
              }
            };
      };
    } catch (WriteRefusedException e) {
      return VerbResult.refused(e);
    } catch (IOException e) {
      return VerbResult.configuration(
          "files can't be read or written: " + e.getMessage(), "see their rights");
    }
  }
}
