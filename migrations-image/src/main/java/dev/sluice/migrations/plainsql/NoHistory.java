package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The tool has never run here. */
record NoHistory(String name) implements ToolHistory {
  @Override
  public List<Match> matches(Folder folder, Function<Migration, Set<String>> hashes) {
    return List.of();
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return Optional.empty();
  }
}
