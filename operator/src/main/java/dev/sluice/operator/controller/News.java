package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Transition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every transition once: a log line, an event, a count. */
public final class News {
  private static final Logger log = LoggerFactory.getLogger(News.class);

  private final EventSink events;
  private final Figures figures;

  public News(EventSink events, Figures figures) {
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
