package dev.sluice.migrations.adoption;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity.Flyway;
import dev.sluice.migrations.postgres.FlywayHistoryTable.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Flyway's history beside its folder: versioned migrations by their version and checksum,
 * repeatable ones by their description. The last row of a migration counts.
 */
public final class FlywayMatching {
  private static final Set<String> BASELINES = Set.of("BASELINE", "SQL_BASELINE");

  private final Folder folder;
  private final Map<String, Migration> migrations = new HashMap<>();

  private FlywayMatching(Folder folder) {
    this.folder = folder;
    folder.migrations().forEach(m -> migrations.put(key(m), m));
  }

  /** {@code rows}: in the order in which they came, without the one that says SCHEMA. */
  public static List<Match> of(List<Entry> rows, Folder folder) {
    return new FlywayMatching(folder).matches(rows);
  }

  private List<Match> matches(List<Entry> rows) {
    Map<String, Integer> last = new HashMap<>();
    for (var i = 0; i < rows.size(); i++) {
      last.put(key(rows.get(i)), i);
    }
    var counting = Set.copyOf(last.values());
    var matches = new ArrayList<Match>();
    for (var i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      if (BASELINES.contains(row.type())) {
        matches.addAll(baselined(row));
      } else {
        matches.add(counting.contains(i) ? match(row) : superseded(row));
      }
    }
    return matches;
  }

  private List<Match> baselined(Entry row) {
    var version = row.version();
    return version == null
        ? List.of()
        : folder.migrations().stream()
            .filter(m -> identity(m).isUpTo(version))
            .map(m -> new Match(words(row), m, Verdict.BASELINED))
            .toList();
  }

  private Match superseded(Entry row) {
    return new Match(words(row), migrations.get(key(row)), Verdict.SUPERSEDED);
  }

  private Match match(Entry row) {
    var migration = migrations.get(key(row));
    return new Match(words(row), migration, verdict(row, migration));
  }

  private static Verdict verdict(Entry row, @Nullable Migration migration) {
    if (row.type().equals("DELETE") || row.type().startsWith("UNDO_")) {
      return Verdict.UNDONE;
    }
    if (!row.success()) {
      return Verdict.FAILED;
    }
    if (migration == null) {
      return Verdict.NO_FILE;
    }
    var checksum = row.checksum();
    if (checksum == null || checksum == identity(migration).checksum()) {
      return Verdict.APPLIED;
    }
    return migration.isRepeatable() ? Verdict.CHANGED : Verdict.EDITED;
  }

  private static Flyway identity(Migration migration) {
    if (migration.tool() instanceof Flyway flyway) {
      return flyway;
    }
    throw new IllegalArgumentException(migration.file() + " is no migration of Flyway");
  }

  private static String key(Migration migration) {
    var flyway = identity(migration);
    return key(flyway.version(), flyway.description());
  }

  private static String key(Entry row) {
    return key(row.version(), row.description());
  }

  private static String key(@Nullable String version, String description) {
    return version == null ? "R " + description : "V " + FlywayVersion.normal(version);
  }

  private static String words(Entry row) {
    var name = row.version() == null ? "R " + row.description() : "V" + row.version();
    return row.type().equals("SQL")
        ? name + ", " + row.script()
        : name + ", " + row.type() + " " + row.script();
  }
}
