package dev.sluice.operator.faults;

import java.util.Random;

/** How the runs of one revision go. */
enum RunBehaviour {
  /** At once. */
  GOOD {
    @Override
    void play(SimulatedRun scene, int before) {
      scene.works().ends(0);
    }
  },
  /** It takes a while to start, and to end. */
  SLOW {
    @Override
    void play(SimulatedRun scene, int before) throws InterruptedException {
      scene.pending().rests(300).starts().rests(300).ends(0);
    }
  },
  /** Never. */
  BROKEN {
    @Override
    void play(SimulatedRun scene, int before) {
      scene.works().ends(20);
    }
  },
  /** The first fails in a way that passes. */
  FLAKY {
    @Override
    void play(SimulatedRun scene, int before) {
      scene.works().ends(before == 0 ? 10 : 0);
    }
  },
  /** The first waits in vain. */
  PATIENT {
    @Override
    void play(SimulatedRun scene, int before) {
      scene.works().ends(before == 0 ? 11 : 0);
    }
  },
  /** Somebody deletes the first. */
  LOST {
    @Override
    void play(SimulatedRun scene, int before) throws InterruptedException {
      scene.works().rests(50);
      if (before == 0) {
        scene.vanishes();
      } else {
        scene.ends(0);
      }
    }
  };

  /** {@code before}: how many runs of this revision there were. */
  abstract void play(SimulatedRun scene, int before) throws InterruptedException;

  static RunBehaviour any(Random random) {
    return values()[random.nextInt(values().length)];
  }
}
