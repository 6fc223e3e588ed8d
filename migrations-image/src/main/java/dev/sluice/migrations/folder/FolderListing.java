package dev.sluice.migrations.folder;

import java.util.List;
import java.util.stream.Stream;

/**
 * The migrations of a folder in order, and what is odd about it.
 *
 * @param scripts what is there beside them
 * @param strays SQL files that are no migration
 */
record FolderListing(
    List<Migration> migrations, FlywayScripts scripts, List<String> warnings, List<String> strays) {
  FolderListing(List<Migration> migrations, List<String> warnings, List<String> strays) {
    this(migrations, FlywayScripts.NONE, warnings, strays);
  }

  /** Every file that may run. */
  List<Migration> all() {
    return Stream.of(
            migrations.stream(),
            scripts.baselines().stream(),
            scripts.callbacks().stream().map(Callback::script))
        .flatMap(files -> files)
        .toList();
  }
}
