package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.Rehearsals;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.rehearsal.RehearsalOfRun;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nothing of a rehearsal is loaded by a run that has none. */
final class LazyRehearsals implements Rehearsals {
  private final Map<String, String> environment;
  private @Nullable Rehearsals loaded;

  LazyRehearsals(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Rehearsed on(Session target, RunRequest request, Set<String> pending, RunContext context) {
    var rehearsals = new RehearsalOfRun(PostgresHome.of(environment), new LazyEngines());
    loaded = rehearsals;
    return rehearsals.on(target, request, pending, context);
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
  }
}
