package dev.sluice.migrations.faults;

import java.util.concurrent.atomic.AtomicBoolean;

/** The first time that a statement with these words goes over the wire. */
final class When {
  private final String words;
  private final Moment moment;
  private final AtomicBoolean happened = new AtomicBoolean();

  When(String words, Moment moment) {
    this.words = words;
    this.moment = moment;
  }

  boolean happened() {
    return happened.get();
  }

  Wire.Plan then(Point.Action fault) {
    return then(fault, Wire.Fate.PASSES);
  }

  Wire.Plan then(Point.Action fault, Wire.Fate fate) {
    return (_, sql, moment) -> {
      if (moment != this.moment || !sql.contains(words) || happened.getAndSet(true)) {
        return Wire.Fate.PASSES;
      }
      fault.happens();
      return fate;
    };
  }
}
