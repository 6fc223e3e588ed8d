package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Notice;
import dev.sluice.operator.decision.Transition;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports every transition once: a log line, an event, and to whoever counts. */
public final class TransitionReporter {
  private static final Logger log = LoggerFactory.getLogger(TransitionReporter.class);

  private final EventSink events;
  private final Consumer<Transition> listener;

  public TransitionReporter(EventSink events, Consumer<Transition> listener) {
    this.events = events;
    this.listener = listener;
  }

  void report(DatabaseMigration migration, List<Transition> transitions) {
    for (var transition : transitions) {
      listener.accept(transition);
      send(migration, transition.notice());
    }
  }

  void send(DatabaseMigration migration, Notice notice) {
    log.info("{}: {}", notice.reason(), notice.note());
    events.send(migration, notice);
  }
}
