package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** drizzle-kit v1's folders, a folder for each migration, whose name begins with its time. */
record DrizzleFoldersWriter(Path place, Folder folder) implements FolderWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  static final int DIGITS = 14;

  @Override
  public PlacedFile placed(NewMigration migration, Instant now) {
    return PlacedFile.of(
        migration.name().words().replace('-', '_'),
        migration.text(DrizzleJournalWriter.BREAKPOINT),
        ".sql",
        now);
  }

  @Override
  public FolderEdit placing(List<PlacedFile> files, Instant now) {
    var time = latest();
    var written = new LinkedHashMap<String, String>();
    var names = new ArrayList<String>();
    for (var file : files) {
      var own =
          file.version().isEmpty()
              ? file.when().truncatedTo(ChronoUnit.SECONDS)
              : time(file.version());
      time = time.isAfter(own) ? time : own;
      var name = TIME.format(time) + "_" + file.words();
      written.put(name + "/migration.sql", file.text());
      names.add(name);
      time = time.plus(Duration.ofSeconds(1));
    }
    return new FolderEdit(written, List.of(), names);
  }

  @Override
  public FolderEdit addingCustom(NewMigration migration, Instant now, UUID id)
      throws WriteRefusedException {
    var snapshots = DrizzleSnapshots.inFolders(place);
    var edit = adding(List.of(migration), now);
    if (snapshots.isEmpty()) {
      return edit;
    }
    return edit.with(edit.migrations().getFirst() + "/snapshot.json", snapshots.last().next(id));
  }

  /** The first second after all that are there. */
  private Instant latest() {
    return folder.migrations().stream()
        .map(Migration::name)
        .filter(name -> name.length() >= DIGITS)
        .map(DrizzleFoldersWriter::time)
        .max(Comparator.naturalOrder())
        .map(latest -> latest.plusSeconds(1))
        .orElse(Instant.EPOCH);
  }

  private static Instant time(String name) {
    try {
      return LocalDateTime.parse(name.substring(0, DIGITS), TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }
}
