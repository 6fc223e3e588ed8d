package dev.sluice.operator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Affinity and spread exactly as they are written, whatever is in them: the API server judges, in
 * its own words.
 */
public final class PlacementAsWritten {
  private PlacementAsWritten() {}

  static @Nullable Affinity affinity(@Nullable ObjectNode written) {
    if (written == null) {
      return null;
    }
    var affinity = new Affinity();
    written.properties().forEach(p -> affinity.setAdditionalProperty(p.getKey(), p.getValue()));
    return affinity;
  }

  static List<TopologySpreadConstraint> spread(List<ObjectNode> written) {
    return written.stream().map(PlacementAsWritten::constraint).toList();
  }

  private static TopologySpreadConstraint constraint(ObjectNode written) {
    var constraint = new TopologySpreadConstraint();
    written.properties().forEach(p -> constraint.setAdditionalProperty(p.getKey(), p.getValue()));
    return constraint;
  }
}
