package dev.sluice.migrations.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a folder that are a person's own, and are to leave the schema as it is. {@code
 * sluice new} and drizzle-kit begin them with a comment; drizzle-kit's snapshot of one is that of
 * the migration before.
 */
final class CustomMigrations {
  private static final Pattern COMMENT = Pattern.compile("\\s*--\\s*custom\\b.*");
  private static final Pattern OTHER_COMMENT = Pattern.compile("\\s*(?:--.*)?");
  private static final int HEAD = 20;

  /** What differs between two snapshots of one schema. */
  private static final Set<String> OF_ITSELF =
      Set.of("id", "prevId", "prevIds", "_meta", "renames");

  private CustomMigrations() {}

  /** By their names. */
  static Set<String> in(Path root, Folder folder) throws IOException {
    var snapshots = snapshots(root.resolve(folder.path()), folder);
    var custom = new HashSet<String>();
    for (var migration : folder.migrations()) {
      if (!migration.isRepeatable()
          && (isMarked(root.resolve(migration.path()))
              || isUnchanged(snapshots.get(migration.name()), snapshots))) {
        custom.add(migration.name());
      }
    }
    return custom;
  }

  private static boolean isMarked(Path file) throws IOException {
    try (var lines = Files.newBufferedReader(file, UTF_8)) {
      for (var i = 0; i < HEAD; i++) {
        var line = lines.readLine();
        if (line == null || !OTHER_COMMENT.matcher(line).matches()) {
          return false;
        }
        if (COMMENT.matcher(line.toLowerCase(Locale.ROOT)).matches()) {
          return true;
        }
      }
      return false;
    }
  }

  /** By the names of their migrations; what can't be read says nothing. */
  private static Map<String, Map<?, ?>> snapshots(Path place, Folder folder) throws IOException {
    var snapshots = new HashMap<String, Map<?, ?>>();
    for (var name : folder.migrations().stream().map(Migration::name).toList()) {
      var file =
          folder.layout() == Layout.DRIZZLE_JOURNAL
              ? place.resolve("meta/" + name.split("_", 2)[0] + "_snapshot.json")
              : place.resolve(name + "/snapshot.json");
      if (folder.layout() != Layout.FLYWAY && Files.isRegularFile(file)) {
        try {
          if (Json.parse(Files.readString(file, UTF_8)) instanceof Map<?, ?> snapshot) {
            snapshots.put(name, snapshot);
          }
        } catch (Json.BadException _) {
          // drizzle-kit says so itself
        }
      }
    }
    return snapshots;
  }

  private static boolean isUnchanged(
      @Nullable Map<?, ?> snapshot, Map<String, Map<?, ?>> snapshots) {
    if (snapshot == null) {
      return false;
    }
    if (snapshot.get("deltas") instanceof List<?> deltas) {
      return deltas.isEmpty();
    }
    var before = before(snapshot);
    return snapshots.values().stream()
        .filter(other -> before.contains(String.valueOf(other.get("id"))))
        .anyMatch(other -> schema(other).equals(schema(snapshot)));
  }

  private static List<String> before(Map<?, ?> snapshot) {
    var ids = new ArrayList<String>();
    if (snapshot.get("prevIds") instanceof List<?> several) {
      several.forEach(id -> ids.add(String.valueOf(id)));
    } else {
      ids.add(String.valueOf(snapshot.get("prevId")));
    }
    return ids;
  }

  private static Map<?, ?> schema(Map<?, ?> snapshot) {
    var schema = new HashMap<>(snapshot);
    schema.keySet().removeIf(key -> OF_ITSELF.contains(String.valueOf(key)));
    return schema;
  }
}
