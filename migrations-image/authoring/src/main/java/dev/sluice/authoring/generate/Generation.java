package dev.sluice.authoring.generate;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.diff.Difference;
import dev.sluice.authoring.diff.SchemaDiff;
import dev.sluice.authoring.online.OnlineForm;
import dev.sluice.authoring.online.PlainForm;
import dev.sluice.authoring.proof.Proof;
import dev.sluice.authoring.proof.ProofResult;
import dev.sluice.authoring.rename.Renames;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.authoring.write.FolderCopy;
import dev.sluice.authoring.write.FolderEdit;
import dev.sluice.authoring.write.NewMigration;
import dev.sluice.authoring.write.WritableFolder;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates the next migrations of a folder.
 *
 * <ol>
 *   <li>replay the folder in one database, apply the wanted schema in another
 *   <li>find out what was renamed, and rename it in the first
 *   <li>compare both, and make statements of the difference
 *   <li>run all of them on a copy with rows, compare again, and see what was lost
 *   <li>put them into a copy of the folder, and rehearse it from the first migration on
 *   <li>write
 * </ol>
 */
public final class Generation {
  private static final String BEFORE = "before";
  private static final String REHEARSED = "rehearsed";

  private final GenerateRequest request;
  private final RunContext context;
  private final PostgresHome home;

  public Generation(GenerateRequest request, PostgresHome home, RunContext context) {
    this.request = request;
    this.home = home;
    this.context = context;
  }

  public Generated result(Instant now) {
    try (var scratch = Scratch.starting(home, request.major(), context.stop())) {
      return result(scratch, now);
    } catch (CannotRehearseException e) {
      return impossible(e);
    }
  }

  /** On a server that is there; databases of an earlier generation are replaced. */
  Generated result(Scratch scratch, Instant now) {
    try {
      var folder =
          WritableFolder.read(
              request.root(),
              request.path(),
              request.whereEmpty(),
              Placeholders.of(request.parameters()));
      return result(folder, scratch, now);
    } catch (WriteRefusedException e) {
      return new Generated.Failed(Exit.CONFIGURATION, e.why(), List.of(), e.hint());
    } catch (CannotRehearseException e) {
      return impossible(e);
    } catch (SQLException e) {
      return new Generated.Failed(
          Exit.TRANSIENT, "the throw-away server: " + e.getMessage(), List.of(), "run it again");
    } catch (CannotCompareException e) {
      return new Generated.Failed(
          Exit.PERMANENT,
          String.valueOf(e.getMessage()),
          List.of(),
          "write this change by hand, and report what the schema has");
    } catch (IOException e) {
      return new Generated.Failed(
          Exit.CONFIGURATION,
          "no temporary files can be made: " + e.getMessage(),
          List.of(),
          "see java.io.tmpdir");
    }
  }

  private static Generated impossible(CannotRehearseException e) {
    var exit =
        switch (e.kind()) {
          case UNSUPPORTED, FOR_GOOD -> Exit.CONFIGURATION;
          case THIS_TIME -> Exit.TRANSIENT;
        };
    return new Generated.Failed(exit, e.why(), List.of(), "see --postgres");
  }

  private Generated result(WritableFolder folder, Scratch scratch, Instant now)
      throws SQLException,
          IOException,
          CannotRehearseException,
          CannotCompareException,
          WriteRefusedException {
    var failed = prepared(folder, scratch);
    if (failed.isPresent()) {
      return failed.get();
    }
    scratch.copied(Scratch.CURRENT, BEFORE);
    var wanted = scratch.catalog(Scratch.WANTED);
    var settled = renamed(scratch, wanted);
    if (!settled.unused().isEmpty()) {
      return unused(settled);
    }
    if (!settled.open().isEmpty()) {
      return new Generated.Open(settled.open());
    }
    var privileges = NotGenerated.hasGrants(scratch, Scratch.WANTED);
    var remarks = new ArrayList<>(NotGenerated.between(scratch));
    var difference =
        SchemaDiff.between(
            scratch.source(Scratch.CURRENT), scratch.source(Scratch.WANTED), privileges);
    if (difference.isNone() && settled.renames().isEmpty()) {
      return new Generated.NoChange(remarks);
    }
    var current = scratch.catalog(Scratch.CURRENT);
    var changes = ChangeWords.of(current, wanted, settled.renames(), difference);
    var empty = withoutValue(current, wanted);
    if (!empty.isEmpty()) {
      return withoutValue(changes, empty);
    }
    var shaped = Shaping.shaped(difference.statements());
    var plain = PlainForm.of(request.name(), settled.statements(), shaped);
    var online = OnlineForm.of(request.name(), settled.statements(), shaped, current);
    var proof = new Proof(scratch, privileges);
    if (!request.plain() && !online.equals(plain)) {
      var proved = proved(proof, online);
      if (isWhole(proved)) {
        return accepted(folder, scratch, online, (ProofResult.Ran) proved, changes, remarks, now);
      }
      remarks.add("it has the plain form: the one for tables in use doesn't make what is wanted");
    }
    return switch (proved(proof, plain)) {
      case ProofResult.Failed(var statement, var message, var state) ->
          new Generated.Failed(
              Exit.PERMANENT,
              "what was generated fails: %s (SQLSTATE %s)".formatted(message, state),
              List.of("statement: " + statement),
              "write this change by hand; nothing was written");
      case ProofResult.Ran ran when !ran.remainder().isNone() -> remainder(ran.remainder());
      case ProofResult.Ran ran -> accepted(folder, scratch, plain, ran, changes, remarks, now);
    };
  }

  private static ProofResult proved(Proof proof, List<NewMigration> migrations)
      throws SQLException, CannotCompareException {
    return proof.of(BEFORE, migrations.stream().map(NewMigration::statements).toList());
  }

  private static boolean isWhole(ProofResult proved) {
    return proved instanceof ProofResult.Ran ran && ran.remainder().isNone();
  }

  /** It makes what is wanted; what it loses may be more than is allowed. */
  private Generated accepted(
      WritableFolder folder,
      Scratch scratch,
      List<NewMigration> migrations,
      ProofResult.Ran ran,
      List<String> changes,
      List<String> remarks,
      Instant now)
      throws SQLException, IOException, CannotRehearseException, WriteRefusedException {
    var notAllowed = ran.losses().stream().filter(loss -> !request.allowed().allows(loss)).toList();
    if (!notAllowed.isEmpty()) {
      return new Generated.Lossy(changes, notAllowed);
    }
    var all = new ArrayList<>(remarks);
    ran.losses().forEach(loss -> all.add("loses data, as allowed: " + loss));
    all.addAll(ran.dependsOnRows());
    return rehearsed(folder, scratch, migrations, changes, all, now);
  }

  /** Both databases. */
  private Optional<Generated> prepared(WritableFolder folder, Scratch scratch)
      throws SQLException, IOException, CannotRehearseException {
    var current =
        folder.folder().migrations().isEmpty()
            ? scratch.schema(Scratch.CURRENT, "select 1", context)
            : scratch.replayed(Scratch.CURRENT, changelog(folder), context);
    if (current.failure().isPresent()) {
      return Optional.of(
          failed("the migrations that are there don't run", null, current.failure().get()));
    }
    var wanted = scratch.schema(Scratch.WANTED, request.schema(), context);
    return wanted
        .failure()
        .map(failure -> failed("the wanted schema fails", request.schemaName(), failure));
  }

  private Changelog changelog(WritableFolder folder) {
    return new Changelog(folder.root(), request.path(), List.of(), "", "", request.parameters());
  }

  private static Generated failed(String what, @Nullable String file, Failure failure) {
    var place = failure.place();
    var where = file == null ? failure.file() : file;
    var line = place != null && place.line() > 0 ? ":" + place.line() : "";
    var state = failure.sqlState() == null ? "" : " (SQLSTATE " + failure.sqlState() + ")";
    return new Generated.Failed(
        Exit.PERMANENT,
        what + ": " + (where == null ? "" : where + line + ": ") + failure.message() + state,
        List.of(),
        failure.hint() == null ? "see sluice rehearse" : failure.hint());
  }

  private Renames.Settled renamed(Scratch scratch, Catalog wanted) throws SQLException {
    if (!request.findRenames()) {
      return new Renames.Settled(List.of(), List.of(), List.of(), List.of());
    }
    try (var admin = scratch.admin(Scratch.CURRENT)) {
      return new Renames(request.settlements(), request.asking()).on(admin.connection(), wanted);
    }
  }

  private static Generated unused(Renames.Settled settled) {
    var details = settled.unused().stream().map(said -> said.from() + "=" + said.to()).toList();
    return new Generated.Failed(
        Exit.CONFIGURATION,
        "no such rename is possible: the first isn't gone, or the second isn't new",
        details,
        "name both as they are, as in customers.email=customers.mail");
  }

  /** New columns for which rows that are there would have no value. */
  private static List<ObjectName> withoutValue(Catalog current, Catalog wanted) {
    var found = new ArrayList<ObjectName>();
    for (var table : current.tables()) {
      wanted.table(table.name()).stream()
          .flatMap(other -> other.columns().stream())
          .filter(column -> column.notNull() && !column.fillsItself())
          .filter(column -> table.column(column.name()).isEmpty())
          .forEach(column -> found.add(table.name().with(column.name())));
    }
    return found;
  }

  private static Generated withoutValue(List<String> changes, List<ObjectName> empty) {
    return new Generated.Failed(
        Exit.REFUSED,
        "new columns are NOT NULL without a default: rows that exist would have no value for "
            + String.join(", ", empty.stream().map(ObjectName::toString).toList()),
        changes,
        "give the column a default; or add it as nullable, fill it by a migration of your own, and"
            + " make it NOT NULL after that");
  }

  private static Generated remainder(Difference remainder) {
    return new Generated.Failed(
        Exit.PERMANENT,
        "what was generated runs, and doesn't make all of the wanted schema; nothing was written",
        Stream.concat(
                remainder.changes().stream().map(change -> "differs: " + change),
                remainder.statements().stream().map(sql -> "left: " + sql.replaceAll("\\s+", " ")))
            .toList(),
        "write this change by hand");
  }

  /** The folder as it will be, from its first migration on. */
  private Generated rehearsed(
      WritableFolder folder,
      Scratch scratch,
      List<NewMigration> migrations,
      List<String> changes,
      List<String> remarks,
      Instant now)
      throws SQLException, IOException, CannotRehearseException, WriteRefusedException {
    var edit = folder.adding(migrations, now);
    try (var copy = FolderCopy.of(request.root(), List.of(request.path()), edit, request.path())) {
      var changelog =
          new Changelog(copy.root(), request.path(), List.of(), "", "", request.parameters());
      var replayed = scratch.observed(REHEARSED, changelog, context);
      if (replayed.failure().isPresent()) {
        return failed("what was generated doesn't run", null, replayed.failure().get());
      }
      var seen =
          replayed.noticed().stream()
              .filter(line -> edit.migrations().stream().anyMatch(name -> line.startsWith(name)))
              .toList();
      if (!request.dryRun()) {
        folder.write(edit);
      }
      return written(edit, changes, remarks, seen);
    }
  }

  private Generated written(
      FolderEdit edit, List<String> changes, List<String> remarks, List<String> seen) {
    return new Generated.Migrations(
        changes, edit.written(), edit.migrations(), remarks, seen, !request.dryRun());
  }
}
