package dev.sluice.migrations.folder;

import java.util.List;

/**
 * The migrations of a folder in order, and what is odd about it.
 *
 * @param strays SQL files that are no migration
 */
record FolderListing(List<Migration> migrations, List<String> warnings, List<String> strays) {}
