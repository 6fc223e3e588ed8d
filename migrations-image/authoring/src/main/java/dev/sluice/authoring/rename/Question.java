package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.rename.Rename.Kind;
import java.util.List;

/** Is it gone, or is it one of these now? */
public record Question(Kind kind, ObjectName gone, List<ObjectName> candidates) {
  public Question {
    candidates = List.copyOf(candidates);
  }
}
