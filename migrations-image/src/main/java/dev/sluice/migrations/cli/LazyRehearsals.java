package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Rehearsals;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.rehearsal.RehearsalOfRun;
import java.util.Map;

/** Nothing of a rehearsal is loaded by a run that has none. */
final class LazyRehearsals {
  private LazyRehearsals() {}

  static Rehearsals of(Map<String, String> environment) {
    return (target, request, pending, context) ->
        new RehearsalOfRun(PostgresHome.of(environment), new LazyEngines())
            .on(target, request, pending, context);
  }
}
