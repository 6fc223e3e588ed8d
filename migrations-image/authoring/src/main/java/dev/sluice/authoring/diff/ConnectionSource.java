package dev.sluice.authoring.diff;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to one database; whoever asks for one closes it. */
@FunctionalInterface
public interface ConnectionSource {
  Connection open() throws SQLException;
}
