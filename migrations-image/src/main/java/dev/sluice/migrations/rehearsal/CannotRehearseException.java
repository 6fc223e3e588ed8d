package dev.sluice.migrations.rehearsal;

import java.io.Serial;

/** There is no rehearsal, whatever the migrations are like. */
final class CannotRehearseException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean mayPass;

  private CannotRehearseException(String message, boolean mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  /** As long as the machine, or the configuration, is as it is. */
  static CannotRehearseException forGood(String why) {
    return new CannotRehearseException(why, false);
  }

  /** Another try may be luckier. */
  static CannotRehearseException thisTime(String why) {
    return new CannotRehearseException(why, true);
  }

  boolean mayPass() {
    return mayPass;
  }

  /** Never null, unlike that of any exception. */
  String why() {
    return String.valueOf(getMessage());
  }
}
