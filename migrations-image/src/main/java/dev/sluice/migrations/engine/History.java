package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Journal;
import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.Revisions;
import dev.sluice.migrations.database.Revisions.Known;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.report.Counts;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database remembers of earlier runs, and what this run adds. */
final class History {
  private final Revisions revisions;
  private final Revisions.Entry entry;
  private final Optional<Fingerprint> fingerprint;

  History(Session session, Ledger ledger, Order order, Optional<Fingerprint> fingerprint) {
    this.revisions = new Revisions(session, ledger);
    this.entry = new Revisions.Entry(order.revision(), order.target());
    this.fingerprint = fingerprint;
  }

  /** Present when changelog and ledger are as they were when nothing was pending. */
  Optional<Known> nothingPending() throws SQLException {
    var whole = whole();
    return whole.isPresent() ? revisions.known(whole.get(), entry) : Optional.empty();
  }

  /** A role that may not create the table can still migrate: then a warning is all. */
  void enter(int changeSets, Journal journal) throws SQLException {
    enter(whole().orElse(null), changeSets, journal);
  }

  void enterWithoutFingerprint(int changeSets, Journal journal) throws SQLException {
    enter(null, changeSets, journal);
  }

  private void enter(@Nullable String whole, int changeSets, Journal journal) throws SQLException {
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
      journal.warn("the revision isn't entered in sluice_revision: " + said.message());
    }
  }

  Report report(Known known) throws SQLException {
    return succeeded(List.of(), new Counts(known.changeSets(), 0, 0));
  }

  Report succeeded(List<String> applied, Counts counts) throws SQLException {
    return Report.succeeded(entry.revision(), applied, counts, revisions.latest(entry.target()));
  }

  private Optional<String> whole() throws SQLException {
    if (fingerprint.isEmpty()) {
      return Optional.empty();
    }
    return revisions.ledgerDigest().map(fingerprint.get()::with);
  }
}
