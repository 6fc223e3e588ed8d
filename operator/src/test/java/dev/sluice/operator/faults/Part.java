package dev.sluice.operator.faults;

/** How one run is played. */
@FunctionalInterface
interface Part {
  void play(Scene scene) throws InterruptedException;

  /** It works, then ends with that exit code. */
  static Part ends(int exit) {
    return scene -> scene.works().ends(exit);
  }
}
