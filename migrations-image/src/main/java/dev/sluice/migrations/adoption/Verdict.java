package dev.sluice.migrations.adoption;

import dev.sluice.migrations.engine.FolderPolicy;

/** What a row of a tool's history means for the folder. */
public enum Verdict {
  /** Its migration is applied, as the folder has it. */
  APPLIED("applied", ""),
  /** The tool began with a later version: it will never run this one. */
  BASELINED("below the baseline", ""),
  /** It was applied, then changed; the tool runs it again. */
  CHANGED("changed since, runs again", ""),
  /** A later row counts. */
  SUPERSEDED("a later row counts", ""),
  /** It was taken back, and is pending. */
  UNDONE("undone or deleted", ""),
  EDITED(
      "edited since",
      "put the file back as it was applied, or set policy.edited: Allow to take it as it is now"),
  NO_FILE("no file", "take the file back, or set policy.missing: Allow to leave the row alone"),
  FAILED(
      "failed halfway",
      "see what it left, undo that, and let the tool repair its history (flyway repair)"),
  SEVERAL(
      "several files could be meant",
      "give these migrations a \"when\" of their own in meta/_journal.json, that of their rows");

  private final String words;
  private final String remedy;

  Verdict(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  public String words() {
    return words;
  }

  /** What settles the doubt; empty where there is none. */
  public String remedy() {
    return remedy;
  }

  /** The migration of the row is entered in the ledger, and doesn't run. */
  boolean isTaken(FolderPolicy policy) {
    return this == APPLIED || this == BASELINED || (this == EDITED && policy.editedAllowed());
  }

  boolean isDoubt(FolderPolicy policy) {
    return switch (this) {
      case APPLIED, BASELINED, CHANGED, SUPERSEDED, UNDONE -> false;
      case EDITED -> !policy.editedAllowed();
      case NO_FILE -> !policy.missingAllowed();
      case FAILED, SEVERAL -> true;
    };
  }
}
