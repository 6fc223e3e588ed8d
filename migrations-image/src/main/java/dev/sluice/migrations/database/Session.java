package dev.sluice.migrations.database;

import java.sql.Connection;

/** One open connection, checked and set up; work and lock live and die with it. */
public interface Session extends AutoCloseable {
  Connection connection();

  Address address();

  /** From here on a stop cancels what runs, until it is released. */
  void guardedBy(Stop stop);

  /** Never fails: the server frees what a lost session held. */
  @Override
  void close();
}
