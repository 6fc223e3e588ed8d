package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.FolderSums;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.validation.Branches;
import dev.sluice.migrations.validation.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what is new here after what another branch has.
 *
 * <ol>
 *   <li>the folder as the other branch has it
 *   <li>the new migrations after that, numbered by the folder's writer
 *   <li>their snapshots in one chain with the others
 *   <li>all of it in a folder beside, which must be readable
 *   <li>what differs from the folder here is the edit
 * </ol>
 */
public final class Renumbering {
  /** What came of it; nothing is written yet. */
  public sealed interface Result {
    record Unchanged(String why) implements Result {}

    /** {@code said}: what becomes of each, {@code 0003_b is now 0004_b}. */
    record Renumbered(FolderEdit edit, List<String> said) implements Result {
      public Renumbered {
        said = List.copyOf(said);
      }
    }
  }

  private final Path root;
  private final String path;
  private final Placeholders placeholders;
  private final Branches branches;

  public Renumbering(Path root, String path, Placeholders placeholders, Branches branches) {
    this.root = root;
    this.path = path;
    this.placeholders = placeholders;
    this.branches = branches;
  }

  public Result result(Instant now) throws WriteRefusedException, IOException {
    refuseWhatIsApplied();
    if (branches.myNew().isEmpty()) {
      return new Result.Unchanged("there is no migration here that " + branches.ref() + " lacks");
    }
    var there = branches.theirFolder();
    var here = branches.myFolder();
    if (there.isEmpty() || here.isEmpty()) {
      return new Result.Unchanged(branches.ref() + " has no migrations in this folder");
    }
    if (there.get().layout() != here.get().layout()) {
      throw new WriteRefusedException(
          "the folder has another layout on " + branches.ref(), "convert one of them first");
    }
    var theirs = Files.createTempDirectory("sluice-theirs-");
    var mine = Files.createTempDirectory("sluice-mine-");
    try {
      branches.theirs().writeTo(theirs.resolve(path).normalize());
      branches.mine().writeTo(mine.resolve(path).normalize());
      return result(theirs, mine, there.get(), now);
    } finally {
      Branches.delete(theirs);
      Branches.delete(mine);
    }
  }

  /** Whatever the other branch has may be applied somewhere. */
  private void refuseWhatIsApplied() throws WriteRefusedException {
    var applied = new ArrayList<>(branches.edited());
    applied.addAll(branches.deleted());
    if (!applied.isEmpty()) {
      throw new WriteRefusedException(
          String.join("; ", applied),
          "what is on "
              + branches.ref()
              + " may be applied: take it back from there, and make the change in a new migration");
    }
  }

  private Result result(Path theirs, Path mine, Folder folder, Instant now)
      throws WriteRefusedException, IOException {
    var files = new ArrayList<PlacedFile>();
    var entries = entries(mine, folder);
    for (var migration : branches.myNew()) {
      files.add(placed(migration, folder, entries, now));
    }
    var placed = FolderWriter.of(theirs, folder).placing(files, now);
    var tree = branches.mine();
    for (var migration : branches.myNew()) {
      for (var name : filesOf(migration, folder.layout())) {
        tree = tree.without(name);
      }
    }
    for (var file : branches.theirs().files().entrySet()) {
      tree = tree.with(file.getKey(), file.getValue());
    }
    for (var file : placed.written().entrySet()) {
      tree = tree.with(file.getKey(), file.getValue().getBytes(UTF_8));
    }
    for (var file : settings(placed).entrySet()) {
      tree = tree.with(file.getKey(), file.getValue());
    }
    var chain =
        new SnapshotChain(
            snapshots(theirs, folder.layout()), snapshots(mine, folder.layout()), branches.ref());
    for (var file : chain.of(names(), placed.migrations(), folder.layout()).entrySet()) {
      tree = tree.with(file.getKey(), file.getValue().getBytes(UTF_8));
    }
    return edit(whole(tree), placed.migrations());
  }

  private List<String> names() {
    return branches.myNew().stream().map(Migration::name).toList();
  }

  private DrizzleSnapshots snapshots(Path of, Layout layout) throws WriteRefusedException {
    var place = of.resolve(path);
    return switch (layout) {
      case DRIZZLE_JOURNAL -> DrizzleSnapshots.besideJournal(place);
      case DRIZZLE_FOLDERS -> DrizzleSnapshots.inFolders(place);
      case FLYWAY -> new DrizzleSnapshots(List.of());
    };
  }

  private Map<String, Map<?, ?>> entries(Path mine, Folder folder) throws WriteRefusedException {
    var entries = new LinkedHashMap<String, Map<?, ?>>();
    if (folder.layout() == Layout.DRIZZLE_JOURNAL) {
      var journal = DrizzleJournalWriter.journal(mine.resolve(path));
      if (journal.get(DrizzleJournalWriter.ENTRIES) instanceof List<?> list) {
        for (var item : list) {
          if (item instanceof Map<?, ?> entry) {
            entries.put(String.valueOf(entry.get("tag")), entry);
          }
        }
      }
    }
    return entries;
  }

  private PlacedFile placed(
      Migration migration, Folder folder, Map<String, Map<?, ?>> entries, Instant now)
      throws WriteRefusedException {
    var name = migration.name();
    var text = text(migration.file());
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL -> {
        var parts = numbered(name);
        var entry = entries.get(name);
        var when = entry != null && entry.get("when") instanceof Number at ? at.longValue() : 0;
        yield new PlacedFile(
            parts[1], text, ".sql", "", parts[0], Instant.ofEpochMilli(when), entry);
      }
      case DRIZZLE_FOLDERS -> {
        var words = name.substring(DrizzleFoldersWriter.DIGITS).replaceFirst("^_", "");
        yield new PlacedFile(words, text, ".sql", "", name, now, null);
      }
      case FLYWAY -> {
        var naming = folder.scripts().naming();
        var at = migration.file().lastIndexOf('/') + 1;
        var file = migration.file().substring(at);
        var ending = naming.suffixes().stream().filter(file::endsWith).findFirst().orElse(".sql");
        var base = file.substring(0, file.length() - ending.length());
        var rest = base.substring(naming.versioned().length());
        var end = rest.indexOf(naming.separator());
        yield new PlacedFile(
            end < 0 ? "" : rest.substring(end + naming.separator().length()),
            text,
            ending,
            migration.file().substring(0, at),
            end < 0 ? rest : rest.substring(0, end),
            now,
            null);
      }
    };
  }

  /** Number and words. */
  private static String[] numbered(String tag) {
    var parts = tag.split("_", 2);
    return parts.length == 2 && parts[0].matches("\\d*") ? parts : new String[] {"", tag};
  }

  private String text(String name) throws WriteRefusedException {
    var bytes = branches.mine().file(name).orElse(new byte[0]);
    return text(name, bytes);
  }

  private static String text(String name, byte[] bytes) throws WriteRefusedException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new WriteRefusedException(
          name + " isn't text in UTF-8", "move it out of the folder, or write it in UTF-8");
    }
  }

  /** All that goes with a migration. */
  private static List<String> filesOf(Migration migration, Layout layout) {
    return switch (layout) {
      case DRIZZLE_JOURNAL ->
          List.of(migration.file(), DrizzleJournalWriter.snapshot(migration.name()));
      case DRIZZLE_FOLDERS -> List.of(migration.file(), migration.name() + "/snapshot.json");
      case FLYWAY -> List.of(migration.file(), migration.file() + ".conf");
    };
  }

  /** Flyway's settings of one script. */
  private Map<String, byte[]> settings(FolderEdit placed) {
    var settings = new LinkedHashMap<String, byte[]>();
    var written = List.copyOf(placed.written().sequencedKeySet());
    for (var i = 0; i < branches.myNew().size(); i++) {
      var name = written.get(i) + ".conf";
      branches
          .mine()
          .file(branches.myNew().get(i).file() + ".conf")
          .ifPresent(text -> settings.put(name, text));
    }
    return settings;
  }

  /** With {@code sluice.sum} where one of both has it; it must be readable. */
  private FileTree whole(FileTree tree) throws WriteRefusedException, IOException {
    var beside = Files.createTempDirectory("sluice-renumbered-");
    try {
      var place = beside.resolve(path).normalize();
      tree.without(WritableFolder.SUMS).writeTo(place);
      if (FolderReading.of(beside, path, placeholders)
          instanceof FolderReading.Refused(_, var message, var hint)) {
        throw new WriteRefusedException("it can't be renumbered: " + message, hint);
      }
      var hasSums =
          tree.names().contains(WritableFolder.SUMS)
              || Files.exists(root.resolve(path).resolve(WritableFolder.SUMS));
      if (hasSums
          && FolderSums.write(beside, path)
              instanceof FolderSums.Result.Refused(var message, var hint)) {
        throw new WriteRefusedException(message, hint);
      }
      return FileTree.of(place);
    } finally {
      Branches.delete(beside);
    }
  }

  private Result edit(FileTree whole, List<String> names)
      throws WriteRefusedException, IOException {
    var now = FileTree.of(root.resolve(path));
    var written = new LinkedHashMap<String, String>();
    for (var file : whole.files().entrySet()) {
      if (!now.has(file.getKey(), file.getValue())) {
        written.put(file.getKey(), text(file.getKey(), file.getValue()));
      }
    }
    var journal = written.remove(DrizzleJournalWriter.JOURNAL);
    if (journal != null) {
      written.put(DrizzleJournalWriter.JOURNAL, journal);
    }
    var deleted = now.names().stream().filter(name -> whole.file(name).isEmpty()).toList();
    if (written.isEmpty() && deleted.isEmpty()) {
      return new Result.Unchanged(
          "what is new here comes after all that " + branches.ref() + " has");
    }
    var said = new ArrayList<String>();
    for (var i = 0; i < names.size(); i++) {
      var before = branches.myNew().get(i).name();
      if (!before.equals(names.get(i))) {
        said.add(before + " is now " + names.get(i));
      }
    }
    return new Result.Renumbered(new FolderEdit(written, deleted, names), said);
  }
}
