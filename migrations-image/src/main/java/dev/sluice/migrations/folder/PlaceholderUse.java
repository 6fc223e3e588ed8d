package dev.sluice.migrations.folder;

import java.util.List;

/**
 * What a migration leaves open.
 *
 * @param missing placeholders that nobody gives a value, by name
 * @param ofSession it names a value of the session, as its user, or the time
 */
public record PlaceholderUse(List<String> missing, boolean ofSession) {
  public static final PlaceholderUse NONE = new PlaceholderUse(List.of(), false);

  public PlaceholderUse {
    missing = List.copyOf(missing);
  }
}
