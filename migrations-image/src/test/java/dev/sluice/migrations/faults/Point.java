package dev.sluice.migrations.faults;

import java.util.concurrent.atomic.AtomicBoolean;

/** One place in a run. */
record Point(int trip, Moment moment) {
  @FunctionalInterface
  interface Action {
    void run() throws Exception;

    default void happens() {
      try {
        run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Here, and only the first time, it happens. */
  Wire.Plan then(Action fault, Wire.Fate fate) {
    var done = new AtomicBoolean();
    return (trip, _, moment) -> {
      if (trip != this.trip || moment != this.moment || done.getAndSet(true)) {
        return Wire.Fate.PASSES;
      }
      fault.happens();
      return fate;
    };
  }

  /** What fails tells where it was, and all that went over the wire. */
  void told(Wire wire, Action check) {
    try {
      if (wire.trips().size() < trip) {
        throw new AssertionError("the run ended before");
      }
      check.run();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          this + "\n  " + String.join("\n  ", wire.trips()) + "\n" + e.getMessage(), e);
    }
  }
}
