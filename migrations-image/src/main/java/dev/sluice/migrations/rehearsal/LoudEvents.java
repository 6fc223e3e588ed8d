package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;

/** Of a rehearsal for its own sake all is told, but what is only the server's own affair. */
record LoudEvents(RunEventSink events) implements RunEventSink {
  @Override
  public void on(RunEvent event) {
    if (!(event instanceof RunEvent.Connected) && !(event instanceof RunEvent.Locked)) {
      events.on(event);
    }
  }
}
