package dev.sluice.authoring.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An enumeration, its labels in order.
 *
 * @param labelIds what stays with each label however it is spelt
 */
public record EnumType(long oid, ObjectName name, List<String> labels, List<Long> labelIds) {
  public EnumType {
    labels = List.copyOf(labels);
    labelIds = List.copyOf(labelIds);
  }

  /** That is its name in PostgreSQL's words. */
  public boolean isOf(String type) {
    return type.replace("\"", "").equals(String.join(".", name.parts()));
  }

  /** How its labels are spelt in the same type later; those that are gone aren't there. */
  public Map<String, String> spelling(EnumType later) {
    var spelling = new HashMap<String, String>();
    for (var i = 0; i < labels.size(); i++) {
      var at = later.labelIds().indexOf(labelIds.get(i));
      if (at >= 0) {
        spelling.put(labels.get(i), later.labels().get(at));
      } else if (later.oid() != oid && later.labels().contains(labels.get(i))) {
        // the type was made again
        spelling.put(labels.get(i), labels.get(i));
      }
    }
    return spelling;
  }
}
