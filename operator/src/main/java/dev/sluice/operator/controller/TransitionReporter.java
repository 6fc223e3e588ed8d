package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Transition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every transition once: a log line, an event, a count. */
public final class TransitionReporter {
  private static final Logger log = LoggerFactory.getLogger(TransitionReporter.class);

  private final EventSink events;
  private final MigrationMetrics figures;

  public TransitionReporter(EventSink events, MigrationMetrics figures) {
    this.events = events;
    this.figures = figures;
  }

  void tell(DatabaseMigration migration, List<Transition> transitions) {
    for (var transition : transitions) {
      log.info("{}: {}", transition.reason(), transition.note());
      figures.count(transition);
      events.send(migration, transition);
    }
  }
}
