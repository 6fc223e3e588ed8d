package dev.sluice.migrations.validation;

import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.ScratchServer;
import dev.sluice.migrations.report.Failure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What custom migrations change of the schema, seen in a replay.
 *
 * @param changes by the path of the migration's file, a sentence for each object
 * @param custom how many custom migrations there are
 * @param failure what ended the replay
 */
public record CustomChanges(
    Map<String, List<String>> changes, int custom, Optional<Failure> failure) {
  private static final String DATABASE = "validation";

  public CustomChanges {
    changes = new LinkedHashMap<>(changes);
  }

  /** {@code changelog} is that folder. */
  public static CustomChanges in(
      ScratchServer server, Folder folder, Changelog changelog, Engines engines, RunContext context)
      throws SQLException, IOException, CannotRehearseException {
    var custom = CustomMigrations.in(changelog.root(), folder);
    var looks = new Looks(server, custom, context.events());
    var replayed =
        server.replayed(DATABASE, changelog, engines, new RunContext(context.stop(), looks), false);
    if (looks.failed.isPresent()) {
      throw looks.failed.get();
    }
    var changes = new LinkedHashMap<String, List<String>>();
    for (var migration : folder.migrations()) {
      var seen = looks.changes.getOrDefault(migration.name(), List.of());
      if (!seen.isEmpty()) {
        changes.put(migration.path(), seen);
      }
    }
    return new CustomChanges(changes, custom.size(), replayed.failure());
  }

  /** Compares the schema before and after each custom migration. */
  private static final class Looks implements RunEventSink {
    private final ScratchServer server;
    private final Set<String> custom;
    private final RunEventSink events;
    private final Map<String, List<String>> changes = new LinkedHashMap<>();
    private Optional<Schema> before = Optional.empty();
    private Optional<SQLException> failed = Optional.empty();

    Looks(ScratchServer server, Set<String> custom, RunEventSink events) {
      this.server = server;
      this.custom = custom;
      this.events = events;
    }

    @Override
    public void on(RunEvent event) {
      switch (event) {
        case RunEvent.Began began when custom.contains(began.changeSet()) -> before = schema();
        case RunEvent.Ended ended when custom.contains(ended.changeSet()) -> {
          var after = schema();
          if (before.isPresent() && after.isPresent()) {
            changes.put(ended.changeSet(), before.get().changesTo(after.get()));
          }
          before = Optional.empty();
        }
        case RunEvent.Warned _ -> events.on(event);
        // the replay is a means here
        default -> {}
      }
    }

    private Optional<Schema> schema() {
      try (var session = server.admin(DATABASE)) {
        return Optional.of(Schema.of(session));
      } catch (SQLException e) {
        failed = Optional.of(e);
        return Optional.empty();
      }
    }
  }
}
