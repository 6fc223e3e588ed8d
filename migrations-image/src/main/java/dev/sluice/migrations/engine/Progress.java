package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Journal;
import java.time.Duration;

/** What a run tells of its changesets; names are {@code file::id::author}. */
public interface Progress extends Journal {
  void begins(int number, int of, String changeSet);

  void reached(Milestone milestone);

  void ends(int number, int of, String changeSet, String how, Duration took);
}
