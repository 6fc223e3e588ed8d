package dev.sluice.migrations.event;

import dev.sluice.migrations.report.OutgoingText;

/** Hands events on to whoever listens, their texts as they may leave the process. */
public record OutgoingEvents(OutgoingText text, RunEventSink listener) implements RunEventSink {
  @Override
  public void on(RunEvent event) {
    listener.on(
        switch (event) {
          case RunEvent.Noted(var line) -> new RunEvent.Noted(text.of(line));
          case RunEvent.Warned(var line) -> new RunEvent.Warned(text.of(line));
          case RunEvent.ServerSaid(var isWarning, var line) ->
              new RunEvent.ServerSaid(isWarning, text.of(line));
          case RunEvent.StillRunning(
                  var number,
                  var of,
                  var changeSet,
                  var elapsed,
                  var activity) ->
              new RunEvent.StillRunning(number, of, text.of(changeSet), elapsed, text.of(activity));
          case RunEvent.Began(var number, var of, var changeSet) ->
              new RunEvent.Began(number, of, text.of(changeSet));
          case RunEvent.ChunkDone(var file, var done, var of) ->
              new RunEvent.ChunkDone(text.of(file), done, of);
          case RunEvent.Ended(var number, var of, var changeSet, var remark, var took) ->
              new RunEvent.Ended(number, of, text.of(changeSet), text.of(remark), took);
          case RunEvent.Finished(var report) -> new RunEvent.Finished(text.of(report));
          case RunEvent.Connected connected -> connected;
          case RunEvent.Locked locked -> locked;
          case RunEvent.RehearsalBegan began -> began;
          case RunEvent.RehearsalEnded ended -> ended;
        });
  }
}
