package dev.sluice.migrations.faults;

import java.util.List;
import java.util.stream.Stream;

/**
 * The places between a run's statements that a fault is tried at: every so many in a build, all of
 * them with {@code -Dsluice.every=1}.
 */
final class Boundaries {
  private Boundaries() {}

  static List<Point> of(int trips, int usually, Moment... moments) {
    var step = Integer.getInteger("sluice.every", usually);
    return Stream.iterate(1, trip -> trip <= trips, trip -> trip + step)
        .flatMap(trip -> Stream.of(moments).map(moment -> new Point(trip, moment)))
        .toList();
  }
}
