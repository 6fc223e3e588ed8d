package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that drizzle-kit keeps beside migrations: each has an id, and names those that it
 * follows.
 *
 * @param all by their files' names below the folder, in drizzle-kit's order
 */
record DrizzleSnapshots(List<Snapshot> all) {
  /** What the first of all follows. */
  static final String NONE_BEFORE = "00000000-0000-0000-0000-000000000000";

  private static final String END = "snapshot.json";
  private static final String ID = "id";
  private static final String BEFORE = "prevId";
  private static final String SEVERAL_BEFORE = "prevIds";
  private static final String TYPE = "type";
  private static final String DIFFERENCE = "diff";
  private static final String DELTAS = "deltas";
  private static final Set<String> OF_ITSELF =
      Set.of(ID, BEFORE, SEVERAL_BEFORE, "_meta", "renames");

  /** One of them, as it is in its file. */
  record Snapshot(String file, Map<String, @Nullable Object> json) {
    String id() {
      return String.valueOf(json.get(ID));
    }

    /** Of the snapshots before. */
    List<String> before() {
      return json.get(SEVERAL_BEFORE) instanceof List<?> several
          ? several.stream().map(String::valueOf).toList()
          : List.of(String.valueOf(json.get(BEFORE)));
    }

    /** The same schema, as the one that comes after this. */
    String next(UUID id) {
      var next =
          json.containsKey(TYPE)
              ? noDifference()
              : new LinkedHashMap<String, @Nullable Object>(json);
      next.put(ID, id.toString());
      // what was renamed on the way to it, which nothing was
      next.computeIfPresent("renames", (_, _) -> List.of());
      return JsonText.of(following(next, id()));
    }

    /** Where each but the first has only what differs from the one before. */
    private Map<String, @Nullable Object> noDifference() {
      var next = new LinkedHashMap<String, @Nullable Object>();
      next.put(TYPE, DIFFERENCE);
      for (var same : List.of("version", "dialect", ID, SEVERAL_BEFORE)) {
        next.put(same, json.get(same));
      }
      next.put("footprints", List.of());
      next.put(DELTAS, List.of());
      return next;
    }

    /** The same snapshot after another. */
    Snapshot after(String before) {
      return new Snapshot(
          file, following(new LinkedHashMap<String, @Nullable Object>(json), before));
    }

    /** With another schema, which has the same parts. */
    Snapshot with(Map<String, @Nullable Object> schema) {
      var other = new LinkedHashMap<String, @Nullable Object>();
      json.forEach((name, value) -> {
        if (OF_ITSELF.contains(name)) {
          other.put(name, value);
        } else if (schema.containsKey(name)) {
          other.put(name, schema.get(name));
        }
      });
      schema.forEach(other::putIfAbsent);
      return new Snapshot(file, other);
    }

    /** It says what differs from the one before, which it needn't know. */
    boolean isDifference() {
      return DIFFERENCE.equals(json.get(TYPE));
    }

    /** What it says of the schema: all but where it stands. */
    Map<String, @Nullable Object> schema() {
      var schema = new LinkedHashMap<String, @Nullable Object>(json);
      OF_ITSELF.forEach(schema::remove);
      return schema;
    }

    private static Map<String, @Nullable Object> following(
        Map<String, @Nullable Object> json, String before) {
      if (json.containsKey(SEVERAL_BEFORE)) {
        json.put(SEVERAL_BEFORE, List.of(before));
      } else {
        json.put(BEFORE, before);
      }
      return json;
    }
  }

  DrizzleSnapshots {
    all = List.copyOf(all);
  }

  /** Those of a folder with a journal, {@code meta/0003_snapshot.json}. */
  static DrizzleSnapshots besideJournal(Path place) throws WriteRefusedException {
    try {
      return of(
          place,
          files(place.resolve("meta")).stream()
              .filter(file -> !name(file).startsWith("_") && name(file).endsWith("_" + END))
              .toList());
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  /** Those of version 1, beside each {@code migration.sql}. */
  static DrizzleSnapshots inFolders(Path place) throws WriteRefusedException {
    try {
      return of(
          place,
          files(place).stream().map(folder -> folder.resolve(END)).filter(Files::exists).toList());
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static DrizzleSnapshots of(Path place, List<Path> files)
      throws IOException, WriteRefusedException {
    var all = new ArrayList<Snapshot>();
    for (var file : files) {
      all.add(new Snapshot(place.relativize(file).toString(), json(file)));
    }
    return new DrizzleSnapshots(all.stream().sorted(Comparator.comparing(Snapshot::file)).toList());
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Map<String, @Nullable Object> json(Path file)
      throws IOException, WriteRefusedException {
    try {
      if (Json.parse(Files.readString(file, UTF_8)) instanceof Map<?, ?> map
          && map.get(ID) != null) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> json.put(String.valueOf(name), value));
        return json;
      }
    } catch (Json.BadException _) {
      // refused below
    }
    throw new WriteRefusedException(
        file + " is no snapshot of drizzle-kit", "take it back from version control");
  }

  private static WriteRefusedException unreadable(Path place, IOException e) {
    return new WriteRefusedException(
        "the snapshots in " + place + " can't be read: " + e.getClass().getSimpleName(),
        "see its rights");
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Optional<Snapshot> of(String file) {
    return all.stream().filter(snapshot -> snapshot.file().equals(file)).findFirst();
  }

  Optional<Snapshot> byId(String id) {
    return all.stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
  }

  /** The one that the next follows. */
  Snapshot last() throws WriteRefusedException {
    var followed = new HashSet<String>();
    all.forEach(snapshot -> followed.addAll(snapshot.before()));
    var ends = all.stream().filter(snapshot -> !followed.contains(snapshot.id())).toList();
    if (ends.size() != 1) {
      throw new WriteRefusedException(
          ends.isEmpty()
              ? "the snapshots follow each other in a circle"
              : "several snapshots have none after them: "
                  + String.join(", ", ends.stream().map(Snapshot::file).toList()),
          "two branches added migrations: run sluice renumber --since-git origin/main");
    }
    return ends.getFirst();
  }
}
