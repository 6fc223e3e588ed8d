package dev.sluice.migrations.database;

/** What a run tells while it goes on; a line each, safe to show. */
public interface Journal {
  void note(String line);

  void warn(String line);
}
