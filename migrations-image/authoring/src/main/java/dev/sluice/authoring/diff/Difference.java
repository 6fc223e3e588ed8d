package dev.sluice.authoring.diff;

import java.util.List;

/**
 * What makes one database like another.
 *
 * @param statements in their order, each by itself
 * @param unread what the engine couldn't read of a database, a sentence each
 */
public record Difference(List<ObjectChange> changes, List<String> statements, List<String> unread) {
  public Difference {
    changes = List.copyOf(changes);
    statements = List.copyOf(statements);
    unread = List.copyOf(unread);
  }

  public boolean isNone() {
    return changes.isEmpty() && statements.isEmpty();
  }
}
