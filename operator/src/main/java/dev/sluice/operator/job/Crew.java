package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/** Who works in the pod of a run. */
sealed interface Crew permits OurRunner, OtherTool {
  static Crew of(Errand errand) {
    return errand.spec().ofAnotherTool() ? new OtherTool(errand) : new OurRunner(errand);
  }

  /** One after the other, before the main one. */
  List<Container> before();

  Container main();

  List<Volume> volumes();
}
