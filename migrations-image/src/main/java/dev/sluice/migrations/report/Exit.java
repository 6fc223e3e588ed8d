package dev.sluice.migrations.report;

/** The exit codes of the run contract. */
public enum Exit {
  SUCCESS(0),
  /** May pass by itself; something was tried. */
  TRANSIENT(10),
  /** Waited for until the deadline, or interrupted; not counted as an attempt. */
  WAITED(11),
  PERMANENT(20),
  REFUSED(30),
  CONFIGURATION(40);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
