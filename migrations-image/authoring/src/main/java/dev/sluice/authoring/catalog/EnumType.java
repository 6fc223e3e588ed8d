package dev.sluice.authoring.catalog;

import java.util.List;

/** An enumeration, its labels in order. */
public record EnumType(long oid, ObjectName name, List<String> labels) {
  public EnumType {
    labels = List.copyOf(labels);
  }
}
