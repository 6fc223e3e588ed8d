package dev.sluice.authoring.diff;

import java.util.Locale;

/**
 * An object that only one side has, or that both have and not alike.
 *
 * @param type in PostgreSQL's words and small letters, as in {@code foreign data wrapper}
 * @param name with its schema, quoted where it has to be
 */
public record ObjectChange(Kind kind, String type, String name) {
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + type + " " + name;
  }

  /** In the order in which people want to read them. */
  public enum Kind {
    ADD,
    CHANGE,
    DROP
  }
}
