package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.ObjectName;

/** What somebody says to a question. */
public sealed interface Answer {
  record Renamed(ObjectName to) implements Answer {}

  /** It is gone. */
  record Dropped() implements Answer {}

  /** Nobody is there to say it. */
  record Open() implements Answer {}
}
