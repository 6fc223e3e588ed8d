package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.folder.FlywayScripts;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.FolderSums;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder as its reader read it, and what is written into it. */
public record WritableFolder(Path root, Folder folder) {
  /** What marks it where there are no snapshots; the runner looks for it. */
  private static final List<String> CUSTOM =
      List.of("custom: rows and what else isn't the schema's; sluice generate changes the schema");

  static final String SUMS = "sluice.sum";

  /**
   * Reads it, after what a write that was cut off left is taken to its end, or away.
   *
   * @param path below the root
   * @param whereEmpty the layout of a folder that has nothing yet, or isn't there
   */
  public static WritableFolder read(
      Path root, String path, Layout whereEmpty, Placeholders placeholders)
      throws WriteRefusedException {
    var place = root.resolve(path);
    try {
      WholeWrite.recover(place);
      if (isEmpty(place)) {
        return new WritableFolder(root, empty(path, whereEmpty));
      }
    } catch (IOException e) {
      throw unwritable(place, e);
    }
    return switch (FolderReading.of(root, path, placeholders)) {
      case FolderReading.Read(var folder) -> new WritableFolder(root, folder);
      case FolderReading.Refused(_, var message, var hint) ->
          throw new WriteRefusedException(message, hint);
    };
  }

  private static boolean isEmpty(Path place) throws IOException {
    if (!Files.exists(place)) {
      return true;
    }
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (var entries = Files.list(place)) {
      return entries.allMatch(entry -> entry.getFileName().toString().startsWith("."));
    }
  }

  private static Folder empty(String path, Layout layout) {
    return new Folder(path, layout, List.of(), FlywayScripts.NONE, List.of(), List.of(), false);
  }

  /** With these after all others, and {@code sluice.sum} where the folder has one or is new. */
  public FolderEdit adding(List<NewMigration> migrations, Instant now)
      throws WriteRefusedException {
    return withSums(FolderWriter.of(root, folder).adding(migrations, now));
  }

  /**
   * An empty one that a person fills with what the schema doesn't show, after all others.
   *
   * @param id of a snapshot, where the folder has them
   */
  public FolderEdit addingCustom(MigrationName name, Instant now, UUID id)
      throws WriteRefusedException {
    var migration = new NewMigration(name, CUSTOM, List.of());
    return withSums(FolderWriter.of(root, folder).addingCustom(migration, now, id));
  }

  /** The same edit with {@code sluice.sum} as it is then, where the folder has one or is new. */
  public FolderEdit withSums(FolderEdit edit) throws WriteRefusedException {
    if (!folder.hasSums() && !folder.migrations().isEmpty()) {
      return edit;
    }
    try (var copy = FolderCopy.of(root, List.of(folder.path()), edit, folder.path())) {
      return switch (FolderSums.write(copy.root(), folder.path())) {
        case FolderSums.Result.Refused(var message, var hint) ->
            throw new WriteRefusedException(message, hint);
        case FolderSums.Result.Written _ ->
            edit.with(
                SUMS, Files.readString(copy.root().resolve(folder.path()).resolve(SUMS), UTF_8));
      };
    } catch (IOException e) {
      throw unwritable(root.resolve(folder.path()), e);
    }
  }

  /** All of it, or nothing. */
  public void write(FolderEdit edit) throws WriteRefusedException {
    var place = root.resolve(folder.path());
    var inTheWay =
        edit.written().sequencedKeySet().stream()
            .filter(name -> name.endsWith(".sql") && !edit.deleted().contains(name))
            .filter(name -> Files.exists(place.resolve(name)))
            .findFirst();
    if (inTheWay.isPresent() && !isKnown(inTheWay.get())) {
      throw new WriteRefusedException(
          inTheWay.get() + " is there already, and is no migration", "move it out of the folder");
    }
    try {
      WholeWrite.of(place, edit);
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  /** All of an edit of a folder that needn't be readable before. */
  public static void put(Path place, FolderEdit edit) throws WriteRefusedException {
    try {
      WholeWrite.of(place, edit);
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  private boolean isKnown(String name) {
    return Stream.concat(folder.migrations().stream(), folder.baselines().stream())
        .anyMatch(migration -> migration.file().equals(name));
  }

  private static WriteRefusedException unwritable(Path place, IOException e) {
    return new WriteRefusedException(
        place + " can't be read or written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
        "see its rights");
  }
}
