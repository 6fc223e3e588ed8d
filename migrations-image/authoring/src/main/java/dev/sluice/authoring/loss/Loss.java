package dev.sluice.authoring.loss;

import dev.sluice.authoring.catalog.ObjectName;

/** Something that loses data, and by what. */
public record Loss(ObjectName object, String what) {
  @Override
  public String toString() {
    return object + ": " + what;
  }
}
