package dev.sluice.migrations.rehearsal;

import java.io.Serial;

/** There is no rehearsal, whatever the migrations are like. */
public final class CannotRehearseException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What it means for what was to be rehearsed. */
  public enum Kind {
    /** There is no such server here: nothing is rehearsed, and that is said. */
    UNSUPPORTED,
    /** As long as the machine, or the configuration, is as it is. */
    FOR_GOOD,
    /** Another try may be luckier. */
    THIS_TIME
  }

  private final Kind kind;

  private CannotRehearseException(String message, Kind kind) {
    super(message);
    this.kind = kind;
  }

  static CannotRehearseException unsupported(String why) {
    return new CannotRehearseException(why, Kind.UNSUPPORTED);
  }

  static CannotRehearseException forGood(String why) {
    return new CannotRehearseException(why, Kind.FOR_GOOD);
  }

  static CannotRehearseException stopped() {
    return thisTime("the run was stopped");
  }

  static CannotRehearseException thisTime(String why) {
    return new CannotRehearseException(why, Kind.THIS_TIME);
  }

  public Kind kind() {
    return kind;
  }

  /** Never null, unlike that of any exception. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
