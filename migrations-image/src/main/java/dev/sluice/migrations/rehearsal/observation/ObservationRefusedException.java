package dev.sluice.migrations.rehearsal.observation;

import java.io.Serial;
import java.sql.SQLException;

/** The observer can't work here, or no longer can; the message names the reason. */
public final class ObservationRefusedException extends SQLException {
  @Serial private static final long serialVersionUID = 1;

  ObservationRefusedException(String message) {
    super(message);
  }

  ObservationRefusedException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause);
  }
}
