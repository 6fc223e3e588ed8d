package dev.sluice.migrations.faults;

/** Where in a round trip a fault happens. */
enum Moment {
  /** The server never sees the message. */
  BEFORE,
  /** The message is sent, and nobody knows how far the server is. */
  DURING,
  /** The server has done it all, and the answer is lost. */
  AFTER
}
