package dev.sluice.migrations.event;

import java.util.List;

/** Takes the events of a run, from one thread after the other. */
@FunctionalInterface
public interface RunEventSink {
  void on(RunEvent event);

  default void note(String line) {
    on(new RunEvent.Noted(line));
  }

  default void warn(String line) {
    on(new RunEvent.Warned(line));
  }

  /** Hands each event to all of them, in this order. */
  static RunEventSink of(List<RunEventSink> sinks) {
    var all = List.copyOf(sinks);
    return event -> all.forEach(sink -> sink.on(event));
  }
}
