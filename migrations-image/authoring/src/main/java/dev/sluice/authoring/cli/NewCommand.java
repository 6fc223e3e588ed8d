package dev.sluice.authoring.cli;

import dev.sluice.authoring.write.MigrationName;
import dev.sluice.authoring.write.RandomName;
import dev.sluice.authoring.write.WritableFolder;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.folder.Placeholders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description =
        "Adds an empty migration to a folder, for what the schema doesn't show: rows to fill in,"
            + " move or repair. Numbered, and entered into journal and sluice.sum; where"
            + " drizzle-kit keeps snapshots, with a copy of the last, so that it goes on from"
            + " there.",
    footer = {
      "",
      "Examples:",
      "  sluice new --name backfill-emails --changelog drizzle",
      "  sluice new --changelog db/migration --layout flyway",
      "",
      "Write the SQL into the file, then: sluice hash, sluice validate --rehearse.",
      "",
      "Exit codes: 0 written, 40 fix the configuration."
    })
final class NewCommand implements Callable<Integer> {
  @Mixin private FolderOptions folder = new FolderOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "what the migration is about, in kebab-case, as in backfill-emails (default: two words"
              + " at random)")
  @Nullable String name;

  @Override
  public Integer call() {
    return result().print(output.json());
  }

  private VerbResult result() {
    var wanted =
        name == null
            ? Optional.of(RandomName.of(RandomGenerator.getDefault()))
            : MigrationName.of(name);
    if (wanted.isEmpty()) {
      return VerbResult.configuration(
          "--name is in kebab-case, small letters and digits between hyphens: " + name,
          MigrationName.near(String.valueOf(name))
              .map(near -> "--name " + near.words())
              .orElse("as in backfill-emails"));
    }
    var place = folder.place();
    try {
      var target =
          WritableFolder.read(
              place.root(), place.path(), folder.whereEmpty(), Placeholders.of(Map.of()));
      var edit = target.addingCustom(wanted.get(), Instant.now(), UUID.randomUUID());
      target.write(edit);
      return new VerbResult.Written(place.path(), edit, List.of());
    } catch (WriteRefusedException e) {
      return VerbResult.refused(e);
    }
  }
}
