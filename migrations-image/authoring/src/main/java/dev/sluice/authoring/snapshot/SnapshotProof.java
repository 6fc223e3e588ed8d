package dev.sluice.authoring.snapshot;

import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.validation.Schema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What a script makes on an empty server, compared with what it is to make. */
public final class SnapshotProof {
  private static final String DATABASE = "proof";

  private SnapshotProof() {}

  /** Why it isn't the same, a sentence each; empty when it is. Rights depend on roles: not they. */
  public static List<String> of(String sql, Schema wanted, Scratch scratch, RunContext context)
      throws SQLException, IOException, CannotRehearseException {
    var replayed = scratch.schema(DATABASE, sql, context);
    if (replayed.failure().isPresent()) {
      return List.of("it fails: " + replayed.failure().get().message());
    }
    try (var session = scratch.admin(DATABASE)) {
      return wanted.changesTo(Schema.withoutRights(session)).stream()
          .map(change -> "it " + change)
          .toList();
    }
  }
}
