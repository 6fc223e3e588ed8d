package dev.sluice.authoring.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.authoring.snapshot.LiveSchema;
import dev.sluice.authoring.snapshot.SchemaScript;
import dev.sluice.authoring.snapshot.SnapshotProof;
import dev.sluice.authoring.write.JsonText;
import dev.sluice.migrations.cli.DatabaseOptions;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Login;
import dev.sluice.migrations.database.LoginSource;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.ConnectionRequest;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.postgres.Connector;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.validation.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description =
        "Writes the schema of a database as SQL, without its rows: as a baseline, or to look for a"
            + " fault on a copy. By pg_dump, where one that is new enough is on the PATH. The SQL"
            + " is tried on a PostgreSQL that is thrown away, and must make the same schema.",
    footer = {
      "",
      "Examples:",
      "  sluice snapshot --url postgresql://ann@localhost/shop --file schema.sql",
      "  PGHOST=db PGUSER=ann PGDATABASE=shop sluice snapshot > schema.sql",
      "",
      "Exit codes: 0 written; 10 run it again; 20 it doesn't make the same schema;",
      "40 fix the configuration."
    })
final class SnapshotCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Consumer<Stop> stopping;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "where it is written (default: standard output)")
  @Nullable Path file;

  @Option(names = "--rights", description = "with what is granted, to roles that must be there")
  boolean rights;

  @Option(
      names = "--unproven",
      description = "write it also when it doesn't make the same schema on an empty server")
  boolean unproven;

  SnapshotCommand(Map<String, String> environment, Consumer<Stop> stopping) {
    this.environment = environment;
    this.stopping = stopping;
  }

  /** What came of it. */
  private record Result(Exit exit, String sql, String by, List<String> said) {}

  @Override
  public Integer call() {
    var connection = database.connection(environment);
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stopping.accept(stop);
    var result = result(connection, new RunContext(stop, _ -> {}));
    print(result);
    return result.exit().code();
  }

  private Result result(ConnectionRequest request, RunContext context) {
    var connector = new Connector(request.destination(), request.credentials(), context.events());
    try {
      return switch (connector.connect()) {
        case Attempt.Got<Session>(var session) -> {
          try (session) {
            yield written(session, request, context);
          }
        }
        case Attempt.NotYet<Session>(var trouble) -> failed(Exit.TRANSIENT, trouble.message());
        case Attempt.Failed<Session>(var trouble) -> failed(Exit.CONFIGURATION, trouble.message());
        case Attempt.Stopped<Session>(_, var trouble) -> failed(Exit.WAITED, trouble.message());
      };
    } catch (SQLException e) {
      return failed(Exit.TRANSIENT, String.valueOf(e.getMessage()));
    } catch (CannotRehearseException e) {
      return failed(Exit.CONFIGURATION, e.why());
    } catch (CannotCompareException | IOException e) {
      return failed(Exit.PERMANENT, String.valueOf(e.getMessage()));
    }
  }

  private static Result failed(Exit exit, String message) {
    return new Result(exit, "", "", List.of(message));
  }

  private Result written(Session session, ConnectionRequest request, RunContext context)
      throws SQLException, IOException, CannotRehearseException, CannotCompareException {
    var major =
        Sql.rows(
                    session.connection(),
                    row -> row.getInt(1),
                    "select current_setting('server_version_num')::int")
                .getFirst()
            / 10_000;
    var home = PostgresHome.of(environment);
    var live = new LiveSchema(() -> opened(request, context), libpq(request), major);
    try (var scratch =
        Scratch.starting(home, home.majors().contains(major) ? major : null, context.stop())) {
      var script = SchemaScript.of(live, scratch, rights, context);
      var differs = SnapshotProof.of(script.sql(), Schema.withoutRights(session), scratch, context);
      if (!differs.isEmpty() && !unproven) {
        return new Result(Exit.PERMANENT, "", script.by(), differs);
      }
      if (file != null) {
        Files.writeString(file, script.sql(), UTF_8);
      }
      return new Result(Exit.SUCCESS, script.sql(), script.by(), differs);
    }
  }

  private static Connection opened(ConnectionRequest request, RunContext context)
      throws SQLException {
    var connector = new Connector(request.destination(), request.credentials(), context.events());
    if (connector.connect() instanceof Attempt.Got<Session>(var session)) {
      return session.connection();
    }
    throw new SQLException("the database doesn't answer any more");
  }

  private Map<String, String> libpq(ConnectionRequest request) {
    var libpq = new HashMap<String, String>();
    if (new LoginSource(request.destination(), request.credentials()).read()
        instanceof Attempt.Got<Login>(var login)) {
      libpq.put("PGHOST", login.address().host());
      libpq.put("PGPORT", String.valueOf(login.address().port()));
      libpq.put("PGDATABASE", login.address().database());
      libpq.put("PGUSER", login.credentials().username());
      libpq.put("PGPASSWORD", login.credentials().password());
      libpq.put("PGSSLMODE", login.sslMode().word());
    }
    for (var name : List.of("PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY")) {
      if (environment.containsKey(name)) {
        libpq.put(name, environment.getOrDefault(name, ""));
      }
    }
    return libpq;
  }

  private void print(Result result) {
    if (output.json()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("result", result.exit() == Exit.SUCCESS ? "written" : "failed");
      json.put("by", result.by());
      json.put("differences", result.said());
      json.put("file", file == null ? "" : file.toString());
      json.put("sql", result.sql());
      json.put("exit", result.exit().code());
      System.out.println(JsonText.of(json));
      return;
    }
    if (result.exit() == Exit.SUCCESS && file == null) {
      System.out.print(result.sql());
    }
    if (result.exit() == Exit.SUCCESS) {
      result.said().forEach(line -> System.err.println("WARNING not proven: " + line));
      System.err.println("written by " + result.by() + (file == null ? "" : ": " + file));
    } else {
      result.said().forEach(System.err::println);
    }
  }
}
