package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/** The containers and volumes in the pod of a run. */
interface PodLayout {
  /** Init containers, in their order. */
  List<Container> before();

  Container main();

  List<Volume> volumes();
}
