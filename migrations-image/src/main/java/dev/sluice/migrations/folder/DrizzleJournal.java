package dev.sluice.migrations.folder;

import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drizzle's journal is both the list and the order; file names and {@code idx} don't count. */
final class DrizzleJournal {
  static final String NAME = "meta/_journal.json";
  private static final Set<String> VERSIONS = Set.of("5", "6", "7");
  private static final Set<String> DIALECTS = Set.of("postgresql", "pg");

  private record Entry(String tag, long when) {}

  private DrizzleJournal() {}

  static FolderListing in(FolderFiles files) throws IOException {
    var migrations = new ArrayList<Migration>();
    var names = new HashSet<String>();
    for (var entry : entries(files)) {
      var name = entry.tag() + ".sql";
      if (!names.add(name)) {
        throw files.refused(NAME, "names " + name + " twice", "keep one of the entries");
      }
      if (!files.has(name)) {
        throw files.refused(
            name,
            "is in meta/_journal.json, but isn't there",
            "take the file back, or drop the entry");
      }
      migrations.add(DrizzleFile.migration(files, name, entry.tag(), entry.when()));
    }
    var strays =
        files.names(1).stream()
            .filter(name -> FolderFiles.isSql(name) && !names.contains(name))
            .map(name ->
                files.prefix() + name + ": isn't in meta/_journal.json, so it is no migration")
            .toList();
    return new FolderListing(migrations, odd(migrations), strays);
  }

  /** drizzle-orm goes by the latest {@code when} alone: it would pass such a migration over. */
  private static List<String> odd(List<Migration> migrations) {
    var warnings = new ArrayList<String>();
    var latest = Long.MIN_VALUE;
    Map<Long, String> seen = new HashMap<>();
    for (var migration : migrations) {
      var when = migration.tool() instanceof ToolIdentity.Drizzle drizzle ? drizzle.when() : 0;
      if (when <= latest) {
        var same = seen.get(when);
        warnings.add(
            migration.path()
                + ": its \"when\" is "
                + (same == null ? "earlier than that of one before it" : "that of " + same)
                + "; drizzle-orm would pass it over in a database that is further already");
      }
      seen.putIfAbsent(when, migration.path());
      latest = Math.max(latest, when);
    }
    return warnings;
  }

  private static List<Entry> entries(FolderFiles files) throws IOException {
    Object json;
    try {
      json = Json.parse(FileDigests.withoutMark(files.text(NAME)));
    } catch (Json.BadException e) {
      throw files.refused(NAME, "isn't JSON: " + e.getMessage(), "mend it, or generate it anew");
    }
    if (!(json instanceof Map<?, ?> journal) || !(journal.get("entries") instanceof List<?> list)) {
      throw files.refused(
          NAME, "has no list \"entries\"", "see whether it is drizzle-kit's journal");
    }
    known(files, "version", journal.get("version"), VERSIONS);
    known(files, "dialect", journal.get("dialect"), DIALECTS);
    return list.stream().map(item -> entry(files, item)).toList();
  }

  private static void known(
      FolderFiles files, String field, @Nullable Object value, Set<String> known) {
    if (value != null && !known.contains(value.toString())) {
      throw files.refused(
          NAME,
          "has the "
              + field
              + " \""
              + value
              + "\"; known: "
              + String.join(", ", known.stream().sorted().toList()),
          "migrations are for PostgreSQL, in a journal of drizzle-kit");
    }
  }

  private static Entry entry(FolderFiles files, @Nullable Object item) {
    if (item instanceof Map<?, ?> entry
        && entry.get("tag") instanceof String tag
        && entry.get("when") instanceof Number when) {
      if (tag.isEmpty()
          || tag.startsWith("/")
          || ("/" + tag + "/").contains("/../")
          || tag.indexOf('\0') >= 0) {
        throw files.refused(NAME, "has a tag that is no file below the folder", "see its entries");
      }
      return new Entry(tag, when.longValue());
    }
    throw files.refused(
        NAME, "has an entry without a \"tag\" or a number \"when\"", "see its entries");
  }
}
