package dev.sluice.operator.faults;

import java.time.Duration;

/** What goes wrong with a call, or with one event of a watch. */
sealed interface Fault {
  /** The operator's process dies; the call was never sent, or the event never arrives. */
  record CrashBefore() implements Fault {}

  /** The operator's process dies when the API server has done it. */
  record CrashAfter() implements Fault {}

  /** The API server does it, and the connection breaks before the answer. */
  record ResponseLost() implements Fault {}

  /** The connection breaks at once; a watch ends. */
  record Reset() implements Fault {}

  /** It comes late; so does all that follows it in the same watch. */
  record Delay(Duration by) implements Fault {}

  /** The API server answers this. */
  record Answer(int code, int retryAfter) implements Fault {
    Answer(int code) {
      this(code, 0);
    }
  }

  /** A list as it was at that resourceVersion: from an API server whose cache lags. */
  record AsOf(String resourceVersion) implements Fault {}

  /** The event never comes, and the watch goes on. */
  record Drop() implements Fault {}

  /** The object's version before comes again, the event itself later. */
  record Replay(Duration by) implements Fault {}

  /** The watch says 410 Gone in the event's place. */
  record Gone() implements Fault {}
}
