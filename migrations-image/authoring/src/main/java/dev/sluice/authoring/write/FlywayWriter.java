package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Flyway's names. The next version is written as the highest that is there: its last part counted
 * on, with as many digits at least, or the time where that is one.
 */
record FlywayWriter(Folder folder) implements FolderWriter {
  /** By the number of their digits. */
  private static final Map<Integer, DateTimeFormatter> TIMES =
      Map.of(14, time("uuuuMMddHHmmss"), 12, time("uuuuMMddHHmm"), 8, time("uuuuMMdd"));

  private static final Pattern OF_THIS_AGE = Pattern.compile("(?:19|20)\\d+");
  private static final Pattern LAST_PART = Pattern.compile("(.*[._])?(\\d+)");

  private static DateTimeFormatter time(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }

  /** What a migration is called in its file's name, {@code 1_2}. */
  private record Written(String text, FlywayVersion version) {}

  @Override
  public PlacedFile placed(NewMigration migration, Instant now) {
    return PlacedFile.of(
        migration.name().words().replace('-', '_'),
        migration.text("\n\n"),
        folder.scripts().naming().suffixes().getFirst(),
        now);
  }

  @Override
  public FolderEdit placing(List<PlacedFile> files, Instant now) {
    var naming = folder.scripts().naming();
    var highest = highest().map(Written::text);
    var written = new LinkedHashMap<String, String>();
    var names = new ArrayList<String>();
    for (var file : files) {
      var version =
          isAfter(file.version(), highest)
              ? file.version()
              : next(highest, names.isEmpty() ? now : Instant.EPOCH);
      var words = file.words().isEmpty() ? "" : naming.separator() + file.words();
      var name = file.inFolder() + naming.versioned() + version + words;
      written.put(name + file.ending(), file.text());
      names.add(name);
      highest = Optional.of(version);
    }
    return new FolderEdit(written, List.of(), names);
  }

  private static boolean isAfter(String version, Optional<String> highest) {
    var mine = FlywayVersion.of(version);
    var last = highest.flatMap(FlywayVersion::of);
    return mine.isPresent() && (last.isEmpty() || mine.get().compareTo(last.get()) > 0);
  }

  @Override
  public FolderEdit addingCustom(NewMigration migration, Instant now, UUID id)
      throws WriteRefusedException {
    return adding(List.of(migration), now);
  }

  private Optional<Written> highest() {
    return Stream.concat(folder.migrations().stream(), folder.baselines().stream())
        .flatMap(migration -> written(migration).stream())
        .max(Comparator.comparing(Written::version));
  }

  private Optional<Written> written(Migration migration) {
    if (!(migration.tool() instanceof ToolIdentity.Flyway flyway) || flyway.version() == null) {
      return Optional.empty();
    }
    var naming = folder.scripts().naming();
    var name = migration.file().substring(migration.file().lastIndexOf('/') + 1);
    var prefix = flyway.isBaseline() ? naming.baseline() : naming.versioned();
    var end = name.indexOf(naming.separator());
    return Optional.of(name.substring(prefix.length(), end < 0 ? name.indexOf('.') : end))
        .flatMap(text -> FlywayVersion.of(text).map(version -> new Written(text, version)));
  }

  private static String next(Optional<String> highest, Instant now) {
    var parts = LAST_PART.matcher(highest.orElse("0"));
    if (!parts.matches()) {
      return "1";
    }
    var before = parts.group(1) == null ? "" : parts.group(1);
    var last = parts.group(2);
    var counted = new BigInteger(last).add(BigInteger.ONE);
    var time = before.isEmpty() && OF_THIS_AGE.matcher(last).matches();
    var next =
        time && TIMES.containsKey(last.length())
            ? counted.max(new BigInteger(TIMES.get(last.length()).format(now)))
            : counted;
    var digits = next.toString();
    return before + "0".repeat(Math.max(0, last.length() - digits.length())) + digits;
  }
}
