package dev.sluice.authoring.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.diff.ConnectionSource;
import dev.sluice.migrations.cli.LazyEngines;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.rehearsal.ScratchServer;
import dev.sluice.migrations.rehearsal.ScratchServer.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases of one generation. */
public final class Scratch implements AutoCloseable {
  /** What the migrations make, and, later, what they make with renames. */
  public static final String CURRENT = "current";

  public static final String WANTED = "wanted";

  /** How the file of a wanted schema is called while it is replayed. */
  private static final String SCHEMA = "20000101000000_schema";

  private final ScratchServer server;

  private Scratch(ScratchServer server) {
    this.server = server;
  }

  /** {@code major}: null for the newest that is there. */
  public static Scratch starting(PostgresHome home, @Nullable Integer major, Stop stop)
      throws CannotRehearseException {
    var folder = Path.of(System.getProperty("java.io.tmpdir"));
    return new Scratch(ScratchServer.starting(home, major, folder, stop));
  }

  public int major() {
    return server.major();
  }

  public Replayed replayed(String database, Changelog changelog, RunContext context)
      throws SQLException, CannotRehearseException {
    return server.replayed(database, changelog, new LazyEngines(), context, false);
  }

  /** The same with what is seen of each statement; the database is good for nothing else. */
  public Replayed observed(String database, Changelog changelog, RunContext context)
      throws SQLException, CannotRehearseException {
    return server.replayed(database, changelog, new LazyEngines(), context, true);
  }

  /** A schema as a text of SQL, read as the one file of a folder is. */
  public Replayed schema(String database, String sql, RunContext context)
      throws SQLException, IOException, CannotRehearseException {
    var root = Files.createTempDirectory("sluice-schema-");
    var file = root.resolve("schema").resolve(SCHEMA).resolve("migration.sql");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, sql, UTF_8);
      return replayed(
          database, new Changelog(root, "schema", List.of(), "", "", Map.of()), context);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
      Files.deleteIfExists(root.resolve("schema"));
      Files.deleteIfExists(root);
    }
  }

  /** A new database like the other, to which nobody is connected. */
  public void copied(String from, String to) throws SQLException {
    server.copied(from, to);
  }

  /** As the role that migrations run as. */
  public Session session(String database) throws SQLException {
    return server.session(database);
  }

  /** As the server's superuser. */
  public Session admin(String database) throws SQLException {
    return server.admin(database);
  }

  /** The server itself, for whoever needs more of it. */
  public ScratchServer server() {
    return server;
  }

  public ConnectionSource source(String database) {
    return () -> server.admin(database).connection();
  }

  public Catalog catalog(String database) throws SQLException {
    try (var session = server.admin(database)) {
      return Catalog.of(session.connection());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
