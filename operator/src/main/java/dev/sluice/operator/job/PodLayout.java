package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/** Who works in the pod of a run. */
sealed interface PodLayout permits RunnerLayout, ToolLayout {
  static PodLayout of(RunOrder order) {
    return order.spec().ofAnotherTool() ? new ToolLayout(order) : new RunnerLayout(order);
  }

  /** One after the other, before the main one. */
  List<Container> before();

  Container main();

  List<Volume> volumes();
}
