package dev.sluice.migrations.engine;

import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;

/** Why a run doesn't begin an empty history: what it would apply is applied already. */
public final class LedgerObjections {
  private LedgerObjections() {}

  /** {@code file}, below the root of this run, has a row under another path. */
  public static Failure pathDiffers(String file, String applied) {
    return Failure.of(
            Reason.LEDGER_PATH_DIFFERS, file + " is applied already, under the path " + applied)
        .in(null, file)
        .hint(
            "choose root and changelog.path so that it is "
                + applied
                + " again; a folder of its own needs another changelog.ledger.table");
  }

  public static Failure elsewhere(OtherLedgers.Row row, Ledger here) {
    return Failure.of(
            Reason.LEDGER_ELSEWHERE,
            "%s is applied already, says %s.%s; this run would begin a new history in schema %s"
                .formatted(row.file(), row.schema(), here.table(), here.schema()))
        .in(null, row.file())
        .hint(
            "set changelog.ledger.schema to %s to go on with that history, or to %s for one of its own"
                .formatted(row.schema(), here.schema()));
  }
}
