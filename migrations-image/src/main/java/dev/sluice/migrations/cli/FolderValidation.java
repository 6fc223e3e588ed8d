package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderFindings;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.rehearsal.ScratchServer;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.validation.Branches;
import dev.sluice.migrations.validation.Commutation;
import dev.sluice.migrations.validation.CustomChanges;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks of one folder.
 *
 * @param major of the throw-away server; null: the newest
 */
record FolderValidation(
    Changelog changelog,
    PostgresHome home,
    @Nullable Integer major,
    Stop stop,
    ValidationOutcome outcome) {

  /** Without a server. */
  void byItself(Folder folder) {
    folder.warnings().forEach(outcome::warning);
    var findings = FolderFindings.in(folder);
    findings.forEach(line -> outcome.finding(line, Exit.CONFIGURATION));
    if (findings.isEmpty()) {
      outcome.note(
          "%s: %d migrations, nothing is wrong"
              .formatted(
                  folder.path().isEmpty() ? "." : folder.path(), folder.migrations().size()));
    }
  }

  /** Replays it, and looks what its custom migrations change. */
  void customMigrations(Folder folder, boolean refuse) {
    withServer((server, context) -> {
      var seen = CustomChanges.in(server, folder, changelog, new LazyEngines(), context);
      seen.changes().forEach((path, changes) -> custom(path, String.join(", ", changes), refuse));
      seen.failure().ifPresent(this::failed);
      if (seen.failure().isEmpty()) {
        outcome.note(
            "rehearsed on PostgreSQL %d: all of them ran, %d of them custom"
                .formatted(server.major(), seen.custom()));
      }
    });
  }

  private void custom(String path, String changes, boolean refuse) {
    var line = path + ": is a custom migration, and changes the schema: " + changes;
    if (refuse) {
      outcome.finding(
          line,
          Exit.REFUSED,
          "change the schema by sluice generate, which proves it; or take the mark off the file");
    } else {
      outcome.warning(line);
    }
  }

  /** Against a branch that goes first. */
  void sinceGit(String ref) {
    if (!changelog.also().isEmpty()) {
      outcome.finding("--since-git is for one folder", Exit.CONFIGURATION, "name it alone");
      return;
    }
    switch (Branches.read(
        changelog.root(),
        changelog.path().isEmpty() ? "." : changelog.path(),
        ref,
        Placeholders.of(changelog.parameters()))) {
      case Branches.Reading.Refused(var message, var hint) ->
          outcome.finding(message, Exit.CONFIGURATION, hint);
      case Branches.Reading.Read(var branches) -> compared(branches);
    }
  }

  private void compared(Branches branches) {
    var changed = Stream.concat(branches.edited().stream(), branches.deleted().stream()).toList();
    for (var line : changed) {
      outcome.finding(
          line,
          Exit.CONFIGURATION,
          "take it back from " + branches.ref() + ", and make the change in a new migration");
    }
    for (var line : branches.order()) {
      outcome.finding(
          line, Exit.CONFIGURATION, "run sluice renumber --since-git " + branches.ref());
    }
    if (branches.myNew().isEmpty() || branches.theirNew().isEmpty() || !changed.isEmpty()) {
      outcome.note(
          "new here: %d; new on %s: %d"
              .formatted(branches.myNew().size(), branches.ref(), branches.theirNew().size()));
      return;
    }
    withServer((server, context) -> {
      var engines = new LazyEngines();
      said(branches, Commutation.of(branches, server, engines, changelog.parameters(), context));
    });
  }

  private void said(Branches branches, Commutation commutation) {
    var both =
        "what is new here (%s) and on %s (%s)"
            .formatted(names(branches.myNew()), branches.ref(), names(branches.theirNew()));
    switch (commutation) {
      case Commutation.Same() ->
          outcome.note(both + " commute: either order makes the same schema");
      case Commutation.Differs(var changes) ->
          outcome.warning(
              both
                  + " don't commute: a database that has those here already gets another schema;"
                  + " the usual order "
                  + String.join(", ", changes));
      case Commutation.FailsBefore(var failure) ->
          outcome.warning(
              "%s don't commute: a database that has those here already can't get the others: %s"
                  .formatted(both, words(failure)));
      case Commutation.FailsAfter(var failure) ->
          outcome.finding(
              "after those of %s the migrations here fail: %s"
                  .formatted(branches.ref(), words(failure)),
              Exit.PERMANENT,
              "change the migrations here for what is there now");
    }
  }

  private static String names(List<Migration> migrations) {
    return String.join(", ", migrations.stream().map(Migration::name).toList());
  }

  private static String words(Failure failure) {
    return failure.changeSet() + ": " + failure.message();
  }

  private void failed(Failure failure) {
    var place = failure.place();
    var file = failure.file() == null ? String.valueOf(failure.changeSet()) : failure.file();
    outcome.finding(
        "%s%s: fails: %s"
            .formatted(
                file,
                place != null && place.line() > 0 ? ":" + place.line() : "",
                failure.message()),
        Exit.PERMANENT,
        failure.hint() == null ? "see sluice rehearse" : failure.hint());
  }

  @FunctionalInterface
  interface OnServer {
    void done(ScratchServer server, RunContext context)
        throws SQLException, IOException, CannotRehearseException;
  }

  void withServer(OnServer work) {
    var scratch = Path.of(System.getProperty("java.io.tmpdir"));
    var context =
        new RunContext(
            stop,
            event -> {
              if (event instanceof RunEvent.Warned(var line)) {
                outcome.warning(line);
              }
            });
    try (var server = ScratchServer.starting(home, major, scratch, stop)) {
      work.done(server, context);
    } catch (CannotRehearseException e) {
      var exit =
          switch (e.kind()) {
            case UNSUPPORTED, FOR_GOOD -> Exit.CONFIGURATION;
            case THIS_TIME -> Exit.TRANSIENT;
          };
      outcome.finding("it can't be rehearsed: " + e.why(), exit, "see --postgres");
    } catch (SQLException e) {
      outcome.finding("the throw-away server: " + e.getMessage(), Exit.TRANSIENT, "run it again");
    } catch (IOException e) {
      outcome.finding(
          "files can't be read: " + e.getMessage(), Exit.CONFIGURATION, "see their rights");
    }
  }
}
