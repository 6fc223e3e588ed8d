package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * drizzle-kit's folder with a journal. The journal is put in place last: until then the new files
 * are no migrations.
 */
record DrizzleJournalWriter(Path place, Folder folder) implements FolderWriter {
  static final String JOURNAL = "meta/_journal.json";
  static final String ENTRIES = "entries";
  static final String BREAKPOINT = "\n--> statement-breakpoint\n";
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})_.*");
  private static final String VERSION = "7";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final int DIGITS_OF_A_TIME = 14;
  private static final int DIGITS_OF_SECONDS = 10;

  /** An empty journal, as drizzle-kit begins one. */
  static Map<String, @Nullable Object> empty() {
    var journal = new LinkedHashMap<String, @Nullable Object>();
    journal.put("version", VERSION);
    journal.put("dialect", "postgresql");
    journal.put("entries", List.of());
    return journal;
  }

  @Override
  public PlacedFile placed(NewMigration migration, Instant now) {
    return PlacedFile.of(migration.name().words(), migration.text(BREAKPOINT), ".sql", now);
  }

  @Override
  public FolderEdit placing(List<PlacedFile> files, Instant now) throws WriteRefusedException {
    var journal = journal(place);
    var entries = new ArrayList<@Nullable Object>();
    if (journal.get(ENTRIES) instanceof List<?> there) {
      entries.addAll(there);
    }
    var number = nextNumber(entries);
    var when = latest() + 1;
    var written = new LinkedHashMap<String, String>();
    var tags = new ArrayList<String>();
    for (var file : files) {
      number = Math.max(number, index(file));
      when = Math.max(when, file.when().toEpochMilli());
      var tag = prefix(number, entries, file) + "_" + file.words();
      entries.add(entry(number, when, tag, file, entries));
      written.put(tag + file.ending(), file.text());
      tags.add(tag);
      number++;
      when++;
    }
    journal.put(ENTRIES, entries);
    written.put(JOURNAL, JsonText.of(journal));
    return new FolderEdit(written, List.of(), tags);
  }

  /** Where it was so far in the journal. */
  private static int index(PlacedFile file) {
    return file.entry() != null && file.entry().get("idx") instanceof Number idx
        ? idx.intValue()
        : 0;
  }

  @Override
  public FolderEdit addingCustom(NewMigration migration, Instant now, UUID id)
      throws WriteRefusedException {
    var snapshots = DrizzleSnapshots.besideJournal(place);
    var edit = adding(List.of(migration), now);
    if (snapshots.isEmpty()) {
      return edit;
    }
    return edit.with(snapshot(edit.migrations().getFirst()), snapshots.last().next(id));
  }

  /** That of a migration, which has only its number. */
  static String snapshot(String tag) {
    return "meta/" + tag.split("_", 2)[0] + "_snapshot.json";
  }

  /**
   * The number as drizzle-kit's setting {@code prefix} has it, which shows in the entry before: an
   * index, a time, or seconds since 1970.
   */
  private static String prefix(int number, List<@Nullable Object> entries, PlacedFile file) {
    var last = entries.isEmpty() ? null : entries.getLast();
    var before =
        last instanceof Map<?, ?> entry ? String.valueOf(entry.get("tag")).split("_", 2)[0] : "";
    var isKept = file.version().length() == before.length();
    return switch (before.matches("\\d+") ? before.length() : 0) {
      case DIGITS_OF_A_TIME -> later(before, isKept ? file.version() : TIME.format(file.when()));
      case DIGITS_OF_SECONDS ->
          later(before, isKept ? file.version() : String.valueOf(file.when().getEpochSecond()));
      default -> "%04d".formatted(number);
    };
  }

  private static String later(String before, String now) {
    return String.valueOf(Math.max(Long.parseLong(before) + 1, Long.parseLong(now)));
  }

  static Map<String, @Nullable Object> journal(Path place) throws WriteRefusedException {
    var file = place.resolve(JOURNAL);
    if (!Files.exists(file)) {
      return empty();
    }
    try {
      var text = Files.readString(file, UTF_8);
      var json = Json.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
      var copy = new LinkedHashMap<String, @Nullable Object>();
      if (json instanceof Map<?, ?> map) {
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
      }
      return copy;
    } catch (IOException | Json.BadException e) {
      throw new WriteRefusedException(
          JOURNAL + " can't be read: " + e.getMessage(), "run sluice validate");
    }
  }

  /** After the highest of what the entries and their files are numbered by. */
  private int nextNumber(List<@Nullable Object> entries) {
    var highest = -1;
    for (var item : entries) {
      if (item instanceof Map<?, ?> entry && entry.get("idx") instanceof Number idx) {
        highest = Math.max(highest, idx.intValue());
      }
    }
    for (var migration : folder.migrations()) {
      var number = NUMBER.matcher(migration.name());
      if (number.matches()) {
        highest = Math.max(highest, Integer.parseInt(number.group(1)));
      }
    }
    return highest + 1;
  }

  private long latest() {
    return folder.migrations().stream()
        .map(Migration::tool)
        .mapToLong(tool -> tool instanceof ToolIdentity.Drizzle drizzle ? drizzle.when() : 0)
        .max()
        .orElse(0);
  }

  /** That of the entry before. */
  private static Object version(List<@Nullable Object> entries) {
    return entries.isEmpty() || !(entries.getLast() instanceof Map<?, ?> last)
        ? VERSION
        : Objects.requireNonNullElse(last.get("version"), VERSION);
  }

  private static Map<String, Object> entry(
      int idx, long when, String tag, PlacedFile file, List<@Nullable Object> entries) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("idx", idx);
    entry.put("version", version(entries));
    entry.put("when", when);
    entry.put("tag", tag);
    entry.put("breakpoints", true);
    if (file.entry() != null) {
      file.entry().forEach((name, value) -> entry.putIfAbsent(String.valueOf(name), value));
      entry.put("breakpoints", !Boolean.FALSE.equals(file.entry().get("breakpoints")));
    }
    return entry;
  }
}
