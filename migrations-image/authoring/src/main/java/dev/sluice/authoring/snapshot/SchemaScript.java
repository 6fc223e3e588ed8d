package dev.sluice.authoring.snapshot;

import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.diff.SchemaDiff;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * A schema as statements that make it in an empty database.
 *
 * @param by what wrote it
 */
public record SchemaScript(String sql, String by) {
  private static final String EMPTY = "empty";

  /** By pg_dump where it can, else by comparing with an empty database. */
  public static SchemaScript of(
      LiveSchema live, Scratch scratch, boolean rights, RunContext context)
      throws SQLException, IOException, CannotRehearseException, CannotCompareException {
    var dump = PgDump.onPath().filter(there -> there.reads(live.major()));
    if (dump.isPresent()) {
      return new SchemaScript(
          whole(dump.get().schema(live.libpq(), rights)), "pg_dump " + dump.get().major());
    }
    scratch.schema(EMPTY, "select 1", context);
    var difference = SchemaDiff.between(scratch.source(EMPTY), live.source(), rights);
    return new SchemaScript(
        whole(
            difference.statements().stream()
                .filter(statement -> !History.isOf(statement))
                .map(statement -> statement + ";")
                .collect(Collectors.joining("\n\n"))),
        "comparing with an empty database");
  }

  /** Functions come before what they use. */
  private static String whole(String sql) {
    return sql.isEmpty()
        ? ""
        : "SET check_function_bodies = false;\n\n%s\n\nRESET check_function_bodies;\n"
            .formatted(sql);
  }
}
