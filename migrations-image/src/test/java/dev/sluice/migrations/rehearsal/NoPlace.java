package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A place that isn't there. */
final class NoPlace implements RehearsalPlace {
  @Override
  public Optional<String> make(List<String> schemas, boolean observed) throws SQLException {
    throw new SQLException("there is none");
  }

  @Override
  public Session session(SessionSettings settings) throws SQLException {
    throw new SQLException("there is none");
  }

  @Override
  public Session admin() throws SQLException {
    throw new SQLException("there is none");
  }

  @Override
  public String role() {
    return "nobody";
  }

  @Override
  public String where() {
    return "";
  }

  @Override
  public List<String> stubs(Session session) {
    return List.of();
  }

  @Override
  public Optional<String> end() {
    return Optional.empty();
  }
}
