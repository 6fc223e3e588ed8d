package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.ConnectionRequest;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.engine.HistoryRequest;
import dev.sluice.migrations.engine.RehearsalRequest;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.postgres.RevisionTable;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away server for whoever writes migrations, with as many databases as are wanted. All of
 * them belong to the same ordinary role.
 */
public final class ScratchServer implements AutoCloseable {
  private static final int NEWEST = 18;

  /** What a replay leaves beside what the migrations made. */
  private static final String LEDGER = "drop schema if exists sluice cascade";

  private static final TlsSettings NO_TLS = new TlsSettings(null, null, null);

  /**
   * What came of replaying a changelog.
   *
   * @param notes what was made first, because no migration makes it
   * @param skipped what wasn't executed, a sentence each
   * @param noticed what anybody would notice of a changeset: locks, rewrites, drops
   */
  public record Replayed(
      List<String> applied,
      Optional<Failure> failure,
      List<String> notes,
      List<String> skipped,
      List<String> noticed) {
    public Replayed {
      applied = List.copyOf(applied);
      notes = List.copyOf(notes);
      skipped = List.copyOf(skipped);
      noticed = List.copyOf(noticed);
    }
  }

  private final ThrowawayServer server;
  private final int major;

  private ScratchServer(ThrowawayServer server, int major) {
    this.server = server;
    this.major = major;
  }

  /**
   * It ends with the thread that calls this.
   *
   * @param major null: the newest that is there
   * @param scratch where its folder is made
   */
  public static ScratchServer starting(
      PostgresHome home, @Nullable Integer major, Path scratch, Stop stop)
      throws CannotRehearseException {
    var majors = home.majors();
    var wanted = major != null ? major : majors.isEmpty() ? NEWEST : majors.getLast();
    return new ScratchServer(ThrowawayServer.starting(home, wanted, scratch, stop, false), wanted);
  }

  public int major() {
    return major;
  }

  /**
   * Applies a changelog to a new database of that name, from its first migration, and takes the
   * ledger away.
   *
   * @param observed with what observes each statement; the database then keeps a schema of its own
   *     for that
   */
  public Replayed replayed(
      String database, Changelog changelog, Engines engines, RunContext context, boolean observed)
      throws SQLException, CannotRehearseException {
    var place =
        new RehearsalDatabase(server, TargetFacts.ofNothing(major, OwnRehearsal.ROLE, database));
    var rehearsal =
        new Rehearsal(place, List.of(), TargetObjects.unknown(), _ -> true, false, engines);
    var outcome = rehearsal.outcome(request(changelog), context, observed);
    try (var session = session(database)) {
      Sql.execute(session.connection(), LEDGER);
    }
    return new Replayed(
        outcome.applied(),
        outcome.failure(),
        outcome.notes(),
        outcome.skipped(),
        outcome.noticed(_ -> true));
  }

  private static RunRequest request(Changelog changelog) {
    var nobody = new Destination(null, null, null, NO_TLS, "sluice", SessionSettings.DEFAULT);
    var connection =
        new ConnectionRequest(
            nobody, () -> new Reading.Found(Credentials.login(OwnRehearsal.ROLE, "")));
    return new RunRequest(
        connection,
        changelog,
        TableName.DEFAULT,
        FolderPolicy.STRICT,
        HistoryRequest.USUAL,
        new PlanApproval(false, null),
        RehearsalRequest.NEVER,
        new RevisionTable.Entry(null, ""));
  }

  /** A new database with all that another has; nobody may be connected to that. */
  public void copied(String from, String to) throws SQLException {
    try (var admin = server.admin("template1")) {
      Sql.execute(admin.connection(), "drop database if exists %s".formatted(Sql.quoted(to)));
      Sql.execute(
          admin.connection(),
          "create database %s template %s owner %s"
              .formatted(Sql.quoted(to), Sql.quoted(from), Sql.quoted(OwnRehearsal.ROLE)));
    }
  }

  /** As the role that migrations run as. */
  public Session session(String database) throws SQLException {
    return server.session(database, OwnRehearsal.ROLE, SessionSettings.DEFAULT);
  }

  /** As the server's superuser. */
  public Session admin(String database) throws SQLException {
    return server.admin(database);
  }

  /** For programs of PostgreSQL: how a database is reached, as the superuser. */
  public Map<String, String> libpq(String database) {
    return server.libpq(database);
  }

  /** Why it ended, if it did. */
  public Optional<String> end() {
    return server.end();
  }

  /** All sessions must be closed before. Waits until it has ended and its folder is gone. */
  @Override
  public void close() {
    server.close();
    server.awaitEnd();
  }
}
