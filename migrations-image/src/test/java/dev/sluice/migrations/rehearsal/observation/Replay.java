package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayStep;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Plays an engine that replays as an ordinary role, in a database with an observer. */
final class Replay implements AutoCloseable {
  final TestDatabase database;
  final String role;
  final Connection connection;
  final StatementObserver observer;

  private Replay(TestDatabase database, String role, Connection connection) {
    this.database = database;
    this.role = role;
    this.connection = connection;
    this.observer =
        new StatementObserver(
            () -> connection, UnwatchedTables.of(List.of("*.databasechangelog*", "sluice.*")));
  }

  /** The role owns the schema public, in which it has run the statements already. */
  static Replay after(String... before) throws SQLException {
    var database = TestServer.shared().database();
    var role = "app_" + database.name();
    database.execute(
        "create role %s login; alter schema public owner to %s; grant create on database %s to %s"
            .formatted(role, role, database.name(), role));
    try (var superuser = database.connect()) {
      ObserverSchema.install(superuser);
    }
    var replay = new Replay(database, role, connect(database, role));
    for (var sql : before) {
      replay.execute(sql);
    }
    return replay;
  }

  static Connection connect(TestDatabase database, String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?user=%s&sslmode=disable"
            .formatted(database.server().host(), database.server().port(), database.name(), role));
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** In one transaction, as both engines do. */
  ChangeSetObservation run(String... steps) throws SQLException {
    execute("begin");
    observe(observer, steps);
    execute("commit");
    return ended();
  }

  /** Each in its own, as for CREATE INDEX CONCURRENTLY. */
  ChangeSetObservation runOutside(String... steps) throws SQLException {
    observe(observer, steps);
    return ended();
  }

  void observe(ReplayObserver to, String... steps) throws SQLException {
    to.begins("one");
    for (var i = 0; i < steps.length; i++) {
      var step = new ReplayStep("one", "0001_one.sql", i + 1, 0, steps[i]);
      to.before(step);
      execute(step.sql());
      to.after(step);
    }
    to.beforeCommit("one");
  }

  private ChangeSetObservation ended() {
    observer.ended("one");
    return observer.observations().getLast();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
