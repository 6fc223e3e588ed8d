package dev.sluice.operator.faults;

/** How one run is played. */
@FunctionalInterface
interface RunScript {
  void play(SimulatedRun scene) throws InterruptedException;

  /** It works, then ends with that exit code. */
  static RunScript ends(int exit) {
    return scene -> scene.works().ends(exit);
  }
}
