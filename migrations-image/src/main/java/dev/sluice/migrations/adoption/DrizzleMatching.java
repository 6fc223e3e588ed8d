package dev.sluice.migrations.adoption;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity.Drizzle;
import dev.sluice.migrations.postgres.DrizzleHistoryTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows of Drizzle's history beside its folder: by name, which v1 writes; else by {@code when}, by
 * which drizzle-orm goes; else by the hash of the text. Other line ends, or a byte order mark, make
 * another hash and are no edit.
 */
public final class DrizzleMatching {
  private static final int SHOWN_OF_HASH = 12;

  private final Folder folder;
  private final Function<Migration, Set<String>> hashes;
  private final Map<String, Migration> byName = new HashMap<>();
  private final Map<Long, List<Migration>> byTime;
  private final Map<String, Set<String>> knownHashes = new HashMap<>();
  private final Set<String> matched = new HashSet<>();

  private DrizzleMatching(Folder folder, Function<Migration, Set<String>> hashes) {
    this.folder = folder;
    this.hashes = hashes;
    folder.migrations().forEach(m -> byName.put(identity(m).name(), m));
    this.byTime =
        folder.migrations().stream().collect(Collectors.groupingBy(m -> time(identity(m).when())));
  }

  /** {@code hashes}: all that the text of a migration can have. */
  public static List<Match> of(
      List<Row> rows, Folder folder, Function<Migration, Set<String>> hashes) {
    var matching = new DrizzleMatching(folder, hashes);
    var matches = new ArrayList<Match>();
    for (var row : rows) {
      var match = matching.match(row);
      if (match.migration() != null) {
        matching.matched.add(match.migration().file());
      }
      matches.add(match);
    }
    return withoutTextsOfBefore(matches);
  }

  /** A migration that ran again after an edit has a row of each text. */
  private static List<Match> withoutTextsOfBefore(List<Match> matches) {
    var applied = new HashSet<String>();
    for (var match : matches) {
      if (match.migration() != null && match.verdict() == Verdict.APPLIED) {
        applied.add(match.migration().file());
      }
    }
    return matches.stream()
        .map(match ->
            match.verdict() == Verdict.EDITED
                    && match.migration() != null
                    && applied.contains(match.migration().file())
                ? new Match(match.row(), match.migration(), Verdict.SUPERSEDED)
                : match)
        .toList();
  }

  private Match match(Row row) {
    var named = row.name() == null ? null : byName.get(row.name());
    if (named != null) {
      return compared(row, named);
    }
    var sameTime = byTime.getOrDefault(time(row.createdAt()), List.of());
    if (sameTime.size() == 1) {
      return compared(row, sameTime.getFirst());
    }
    var sameText = sameText(row, sameTime.isEmpty() ? folder.migrations() : sameTime);
    if (!sameText.isEmpty()) {
      return new Match(words(row), sameText.getFirst(), Verdict.APPLIED);
    }
    return new Match(words(row), null, sameTime.isEmpty() ? Verdict.NO_FILE : Verdict.SEVERAL);
  }

  /** Two files of the same text are two migrations: the one without a row comes first. */
  private List<Migration> sameText(Row row, List<Migration> of) {
    var same = of.stream().filter(m -> isOf(row, m)).toList();
    var free = same.stream().filter(m -> !matched.contains(m.file())).toList();
    return free.isEmpty() ? same : free;
  }

  private Match compared(Row row, Migration migration) {
    return new Match(
        words(row), migration, isOf(row, migration) ? Verdict.APPLIED : Verdict.EDITED);
  }

  private boolean isOf(Row row, Migration migration) {
    return identity(migration).hash().equals(row.hash())
        || knownHashes
            .computeIfAbsent(migration.file(), _ -> hashes.apply(migration))
            .contains(row.hash());
  }

  /** v1 cuts it to seconds, also where it takes over the rows of v0. */
  private long time(long when) {
    return folder.layout() == Layout.DRIZZLE_FOLDERS ? Math.floorDiv(when, 1000) : when;
  }

  private static Drizzle identity(Migration migration) {
    if (migration.tool() instanceof Drizzle drizzle) {
      return drizzle;
    }
    throw new IllegalArgumentException(migration.file() + " is no migration of Drizzle");
  }

  private static String words(Row row) {
    var hash = row.hash().substring(0, Math.min(SHOWN_OF_HASH, row.hash().length()));
    return "%s, hash %s…"
        .formatted(
            row.name() == null ? Instant.ofEpochMilli(row.createdAt()).toString() : row.name(),
            hash);
  }
}
