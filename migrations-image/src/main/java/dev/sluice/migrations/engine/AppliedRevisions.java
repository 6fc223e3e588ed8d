package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.RevisionTable;
import dev.sluice.migrations.postgres.RevisionTable.Known;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database remembers of earlier runs, and what this run adds. */
final class AppliedRevisions {
  private final RevisionTable revisions;
  private final RevisionTable.Entry entry;
  private final Optional<Fingerprint> fingerprint;

  AppliedRevisions(
      Session session,
      Ledger ledger,
      RevisionTable.Entry entry,
      Optional<Fingerprint> fingerprint) {
    this.revisions = new RevisionTable(session, ledger);
    this.entry = entry;
    this.fingerprint = fingerprint;
  }

  /** Present when changelog and ledger are as they were when nothing was pending. */
  Optional<Known> nothingPending() throws SQLException {
    var whole = whole();
    return whole.isPresent() ? revisions.known(whole.get(), entry) : Optional.empty();
  }

  /** A role that may not create the table can still migrate: then a warning is all. */
  void enter(int changeSets, RunEventSink events) throws SQLException {
    enter(whole().orElse(null), changeSets, events);
  }

  void enterWithoutFingerprint(int changeSets, RunEventSink events) throws SQLException {
    enter(null, changeSets, events);
  }

  private void enter(@Nullable String whole, int changeSets, RunEventSink events)
      throws SQLException {
    if (entry.revision() == null && whole == null) {
      return;
    }
    try {
      revisions.enter(entry, whole, changeSets);
    } catch (SQLException e) {
      var said = ServerError.in(e).orElseThrow();
      if (!said.sqlState().equals("42501")) {
        throw e;
      }
      events.warn("the revision isn't entered in sluice_revision: " + said.message());
    }
  }

  Report report(Known known) throws SQLException {
    return succeeded(List.of(), new ChangeSetCounts(known.changeSets(), 0, 0));
  }

  Report succeeded(List<String> applied, ChangeSetCounts counts) throws SQLException {
    return Report.succeeded(entry.revision(), applied, counts, revisions.latest(entry.target()))
        .answering(revisions.required(entry));
  }

  private Optional<String> whole() throws SQLException {
    if (fingerprint.isEmpty()) {
      return Optional.empty();
    }
    return revisions.ledgerDigest().map(fingerprint.get()::with);
  }
}
