package dev.sluice.migrations.liquibase;

import java.io.Serial;
import liquibase.exception.LiquibaseException;

/** A signal or the deadline came between two changesets. */
final class StoppedException extends LiquibaseException {
  @Serial private static final long serialVersionUID = 1;
}
