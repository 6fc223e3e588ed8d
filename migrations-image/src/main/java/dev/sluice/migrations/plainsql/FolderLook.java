package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Adoption;
import dev.sluice.migrations.adoption.Baseline;
import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.adoption.Verdict;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.AdoptMode;
import dev.sluice.migrations.engine.DatabaseAhead;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.folder.DrizzleHashes;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.plainsql.FolderState.Entered;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.FolderLedger.Origin;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import dev.sluice.migrations.postgres.HistoryTables;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.postgres.UserObjects;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Looks at a folder, the ledger, and the history of the folder's tool; changes nothing. */
record FolderLook(
    Session session, Ledger place, FolderLedger ledger, Folder folder, RunRequest request) {
  private static final int MOST_LINES = 200;

  FolderState state() throws SQLException {
    var rows = ledger.rows();
    // where it usually is, or where the request names it
    var history = ToolHistories.of(session, folder, request.history().table());
    var matches = matches(history);
    var adoption =
        Adoption.of(
            history.name(),
            matches,
            folder,
            FolderDiff.of(folder, rows).applied(),
            request.policy());
    return FolderState.of(folder, rows, history, adoption, entered(rows, adoption));
  }

  private List<Match> matches(ToolHistory history) throws SQLException {
    return history.matches(folder, new DrizzleHashes(request.changelog().root())::of);
  }

  private Entered entered(List<Row> rows, Adoption adoption) throws SQLException {
    if (request.history().adopt() != AdoptMode.NEVER && !adoption.taken().isEmpty()) {
      return new Entered(Origin.ADOPTED, adoption.table(), adoption.taken());
    }
    var to = request.history().baselineTo();
    if (to != null && rows.isEmpty() && !adoption.knowsTheFolder() && !isEmpty()) {
      return new Baseline(folder, to)
          .migrations()
          .map(migrations -> new Entered(Origin.BASELINE, "the baseline " + to, migrations))
          .orElse(Entered.NOTHING);
    }
    return Entered.NOTHING;
  }

  /** Nothing in it but what sluice and the tool keep for themselves. */
  boolean isEmpty() throws SQLException {
    return !UserObjects.exist(
        session, request.connection().destination().session().searchPath(), place);
  }

  /** Why nothing may run. What is unclear is listed as warnings. */
  Optional<Failure> objection(FolderState state, UnfinishedTable unfinished, RunEventSink events)
      throws SQLException {
    var known = knownElsewhere(state);
    if (known.isPresent()) {
      return known;
    }
    var objections = new FolderObjections(folder, state.diff(), request.policy());
    var halfApplied = objections.halfApplied(unfinished);
    if (halfApplied.isPresent()) {
      return halfApplied;
    }
    var adoption = adoption(state, events);
    return adoption
        .or(objections::inTheLedger)
        .or(() -> DatabaseAhead.refused(state.ahead(), request.policy()));
  }

  /** Asked before the first migration only. */
  private Optional<Failure> knownElsewhere(FolderState state) throws SQLException {
    if (!state.isNew()) {
      return Optional.empty();
    }
    var elsewhere = new KnownElsewhere(folder);
    var path = elsewhere.underAnotherPath(state.rows());
    return path.isPresent() || request.choosesLedgerSchema()
        ? path
        : elsewhere.inAnotherSchema(new OtherLedgers(session, place));
  }

  private Optional<Failure> adoption(FolderState state, RunEventSink events) throws SQLException {
    var mode = request.history().adopt();
    var otherTool =
        AdoptionObjections.otherTool(
            mode, request.changelog().path(), folder.layout() == Layout.FLYWAY);
    if (otherTool.isPresent()) {
      return otherTool;
    }
    var objections = new AdoptionObjections(state.adoption());
    if (mode == AdoptMode.NEVER) {
      var foreign = objections.foreign(state.isNew());
      return foreign.isPresent() ? foreign : baseline(state, objections);
    }
    var unclear = objections.unclear();
    if (unclear.isPresent()) {
      objections.table(MOST_LINES).forEach(events::warn);
      return unclear;
    }
    var elsewhere = state.isNew() ? inAnotherTable(state) : Optional.<Failure>empty();
    return elsewhere.isPresent() ? elsewhere : baseline(state, objections);
  }

  /** The tool may have been told another table; with rows of these files there is no doubt. */
  private Optional<Failure> inAnotherTable(FolderState state) throws SQLException {
    if (!state.adoption().matches().isEmpty()
        || !request.history().table().equals(TableName.DEFAULT)) {
      return Optional.empty();
    }
    for (var table : tables()) {
      var there = matches(ToolHistories.of(session, folder, table));
      var own = there.stream().filter(m -> m.verdict() == Verdict.APPLIED).count();
      if (own > 0) {
        return Optional.of(
            AdoptionObjections.elsewhere(table, Math.toIntExact(own), state.adoption().table()));
      }
    }
    return Optional.empty();
  }

  private List<TableName> tables() throws SQLException {
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS -> HistoryTables.likeThatOfDrizzle(session);
      case FLYWAY -> HistoryTables.likeThatOfFlyway(session);
    };
  }

  /** A person who names a baseline is told when there is nothing that it could be one of. */
  Optional<Failure> baselineInVain(FolderState state) throws SQLException {
    var to = request.history().baselineTo();
    if (to == null || state.adoption().knowsTheFolder()) {
      return Optional.empty();
    }
    if (!state.rows().isEmpty()) {
      return Optional.of(
          Failure.of(
                  Reason.BASELINE_REFUSED,
                  "the ledger has %d migrations of this folder already"
                      .formatted(state.rows().size()))
              .hint("run sluice migrate: it applies the rest"));
    }
    return isEmpty()
        ? Optional.of(
            Failure.of(Reason.BASELINE_REFUSED, "the database is empty: nothing of it is applied")
                .hint("run sluice migrate, or see whether this is the right database"))
        : Optional.empty();
  }

  private Optional<Failure> baseline(FolderState state, AdoptionObjections objections) {
    var to = request.history().baselineTo();
    if (to == null) {
      return Optional.empty();
    }
    var baseline = new Baseline(folder, to);
    if (baseline.migrations().isEmpty()) {
      return Optional.of(
          Failure.of(
                  Reason.CONFIGURATION_INVALID,
                  "baseline.to is %s, which %s hasn't got"
                      .formatted(to, request.changelog().path()))
              .hint("its last migrations: " + baseline.lastNames()));
    }
    return state.isNew() && state.adoption().knowsTheFolder()
        ? Optional.of(objections.baselineRefused(to))
        : Optional.empty();
  }
}
