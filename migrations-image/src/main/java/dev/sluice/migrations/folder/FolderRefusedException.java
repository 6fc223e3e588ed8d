package dev.sluice.migrations.folder;

import java.io.Serial;

/** Ends the reading of a folder; {@link FolderReading} makes a value of it. */
final class FolderRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String file;
  private final String hint;

  FolderRefusedException(String file, String message, String hint) {
    super(message);
    this.file = file;
    this.hint = hint;
  }

  String file() {
    return file;
  }

  String hint() {
    return hint;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
