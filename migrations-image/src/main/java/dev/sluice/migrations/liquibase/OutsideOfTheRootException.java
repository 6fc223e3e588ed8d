package dev.sluice.migrations.liquibase;

import java.io.IOException;
import java.io.Serial;

/** A changelog refers to a file that isn't below the root; nothing of that file was read. */
final class OutsideOfTheRootException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final String path;

  OutsideOfTheRootException(String path) {
    super(path + " is outside of the changelog's root");
    this.path = path;
  }

  String path() {
    return path;
  }
}
