package dev.sluice.migrations.liquibase;

import java.io.Serial;
import liquibase.exception.DatabaseException;

/** A changeset released the lock of the run. */
final class LockLostException extends DatabaseException {
  @Serial private static final long serialVersionUID = 1;
}
