package dev.sluice.migrations.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.function.Predicate.not;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.folder.ToolIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder on two branches: as a ref of git has it ({@code theirs}), as it is here ({@code mine}),
 * and as it was where both began.
 *
 * @param mine without what is theirs alone; of a file that a merge left open, this side
 * @param edited what was changed here of what both began with, a sentence each; so is {@code
 *     deleted}
 */
public record Branches(
    String ref,
    FileTree theirs,
    FileTree mine,
    Optional<Folder> theirFolder,
    Optional<Folder> myFolder,
    List<Migration> theirNew,
    List<Migration> myNew,
    List<String> edited,
    List<String> deleted) {
  private static final String SUMS = "sluice.sum";

  public Branches {
    theirNew = List.copyOf(theirNew);
    myNew = List.copyOf(myNew);
    edited = List.copyOf(edited);
    deleted = List.copyOf(deleted);
  }

  /** What came of comparing. */
  public sealed interface Reading {
    record Read(Branches branches) implements Reading {}

    record Refused(String message, String hint) implements Reading {}
  }

  /** {@code path} of the folder below the root. */
  public static Reading read(Path root, String path, String ref, Placeholders placeholders) {
    var folder = root.resolve(path);
    if (!Files.isDirectory(folder)) {
      return new Reading.Refused(path + " is no folder below " + root, "see --root");
    }
    var git = new Git(folder);
    var missing = git.missing();
    if (missing.isPresent()) {
      return new Reading.Refused(
          path + " isn't in a working tree of git: " + missing.get(), "run this where it is");
    }
    try {
      var commit = git.commit(ref);
      if (commit.isEmpty()) {
        return new Reading.Refused("git knows no commit " + ref, "git fetch, or name another");
      }
      var base = git.at(git.mergeBase(commit.get()).orElse(commit.get()));
      return read(path, ref, placeholders, git, base, git.at(commit.get()));
    } catch (IOException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()), "see git status");
    }
  }

  private static Reading read(
      String path, String ref, Placeholders placeholders, Git git, FileTree base, FileTree theirs)
      throws IOException {
    var began = folder(path, base, placeholders);
    var other = folder(path, theirs, placeholders);
    if (refused(other).isPresent()) {
      return named(ref, refused(other).get());
    }
    var mine = mine(git, base, theirs, folderOf(other));
    var own = folder(path, mine, placeholders);
    if (refused(own).isPresent()) {
      return new Reading.Refused(refused(own).get().message(), refused(own).get().hint());
    }
    return new Reading.Read(of(ref, theirs, mine, folderOf(other), folderOf(own), folderOf(began)));
  }

  private static Reading named(String ref, FolderReading.Refused refused) {
    return new Reading.Refused("on " + ref + ": " + refused.message(), refused.hint());
  }

  private static Optional<FolderReading.Refused> refused(Optional<FolderReading> reading) {
    return reading
        .filter(FolderReading.Refused.class::isInstance)
        .map(FolderReading.Refused.class::cast);
  }

  private static Optional<Folder> folderOf(Optional<FolderReading> reading) {
    return reading
        .filter(FolderReading.Read.class::isInstance)
        .map(read -> ((FolderReading.Read) read).folder());
  }

  /** A file that a merge left open is there twice, and the side that isn't theirs is mine. */
  private static FileTree mine(Git git, FileTree base, FileTree theirs, Optional<Folder> other)
      throws IOException {
    var open = FileTree.of(git.folder()).without(SUMS);
    var mine = open;
    for (var stage : List.of(3, 2)) {
      for (var side : git.unmerged(stage).files().entrySet()) {
        if (open.file(side.getKey()).filter(Branches::isOpen).isPresent()
            && !theirs.has(side.getKey(), side.getValue())) {
          mine = mine.with(side.getKey(), side.getValue());
        }
      }
    }
    // a version may be there once
    if (other.filter(folder -> folder.layout() == Layout.FLYWAY).isPresent()) {
      for (var file : theirs.files().entrySet()) {
        if (base.file(file.getKey()).isEmpty() && mine.has(file.getKey(), file.getValue())) {
          mine = mine.without(file.getKey());
        }
      }
    }
    return mine;
  }

  /** With both sides in it, as git leaves them. */
  private static boolean isOpen(byte[] content) {
    return new String(content, ISO_8859_1).lines().anyMatch(line -> line.startsWith("<<<<<<< "));
  }

  /** Empty where it has no files. */
  private static Optional<FolderReading> folder(
      String path, FileTree tree, Placeholders placeholders) throws IOException {
    if (tree.without(SUMS).isEmpty()) {
      return Optional.empty();
    }
    var root = Files.createTempDirectory("sluice-branch-");
    try {
      tree.without(SUMS).writeTo(root.resolve(path).normalize());
      return Optional.of(FolderReading.of(root, path, placeholders));
    } finally {
      delete(root);
    }
  }

  public static void delete(Path root) {
    try (var all = Files.walk(root)) {
      for (var entry : all.toList().reversed()) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException | UncheckedIOException _) {
      // the system tidies its folder for temporary files itself
    }
  }

  private static Branches of(
      String ref,
      FileTree theirs,
      FileTree mine,
      Optional<Folder> theirFolder,
      Optional<Folder> myFolder,
      Optional<Folder> baseFolder) {
    var began = byFile(baseFolder);
    var others = byFile(theirFolder);
    var own = byFile(myFolder);
    var edited = new ArrayList<String>();
    var deleted = new ArrayList<String>();
    for (var migration : began.values()) {
      var now = own.get(migration.file());
      var there = others.get(migration.file());
      if (now == null && there != null) {
        deleted.add(migration.path() + ": was deleted here, and " + ref + " has it");
      } else if (now != null && there != null && !isSame(now, migration) && !isSame(now, there)) {
        edited.add(
            migration.path()
                + (now.checksum().equals(migration.checksum())
                    ? ": its entry in the journal isn't that of " + ref
                    : ": was edited here, and " + ref + " has it as it was"));
      }
    }
    return new Branches(
        ref,
        theirs,
        mine,
        theirFolder,
        myFolder,
        others.values().stream()
            .filter(m -> !began.containsKey(m.file()))
            .filter(m -> !(own.containsKey(m.file()) && isSame(m, own.get(m.file()))))
            .toList(),
        own.values().stream()
            .filter(m -> !began.containsKey(m.file()))
            .filter(m -> !(others.containsKey(m.file()) && isSame(m, others.get(m.file()))))
            .toList(),
        edited,
        deleted);
  }

  /** What of here doesn't come after all that is theirs, a sentence each. */
  public List<String> order() {
    var said = new ArrayList<String>();
    var others =
        theirFolder.stream()
            .flatMap(folder -> folder.migrations().stream())
            .filter(migration -> number(migration).isPresent())
            .sorted(Comparator.comparing((Migration m) -> number(m).orElseThrow()).reversed())
            .toList();
    for (var migration : myNew) {
      var own = number(migration);
      var same = others.stream().filter(other -> number(other).equals(own)).findFirst();
      if (same.isPresent() && same.get().file().equals(migration.file())) {
        said.add(migration.path() + ": is another file on " + ref);
      } else if (same.isPresent()) {
        said.add(
            "%s: has the number of %s on %s".formatted(migration.path(), same.get().name(), ref));
      } else if (own.isPresent() && !others.isEmpty() && isBefore(own.get(), others.getFirst())) {
        said.add(
            "%s: comes before %s, which %s has already"
                .formatted(migration.path(), others.getFirst().name(), ref));
      }
    }
    return said;
  }

  private static boolean isBefore(FlywayVersion number, Migration other) {
    return number(other).filter(theirs -> number.compareTo(theirs) < 0).isPresent();
  }

  /** That its name begins with. */
  private static Optional<FlywayVersion> number(Migration migration) {
    return switch (migration.tool()) {
      case ToolIdentity.Flyway flyway ->
          Optional.ofNullable(flyway.version()).flatMap(FlywayVersion::of);
      case ToolIdentity.Drizzle(var name, _, _) ->
          FlywayVersion.of(name.replaceFirst("(?s)^(\\d*).*", "$1"));
    };
  }

  /** The file, and where a journal says when it came. */
  private static boolean isSame(Migration one, Migration other) {
    return one.checksum().equals(other.checksum()) && one.tool().equals(other.tool());
  }

  /** In order; those that run again whenever they change may be edited. */
  private static Map<String, Migration> byFile(Optional<Folder> folder) {
    var all = new LinkedHashMap<String, Migration>();
    folder.stream()
        .flatMap(one -> one.migrations().stream())
        .filter(not(Migration::isRepeatable))
        .forEach(migration -> all.put(migration.file(), migration));
    return all;
  }
}
