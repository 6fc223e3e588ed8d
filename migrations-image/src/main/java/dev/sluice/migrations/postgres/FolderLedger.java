package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of SQL files in Liquibase's ledger, as Liquibase itself would name them if it was
 * started in the folder and included it: id {@code raw}, author {@code includeAll}. Our checksum is
 * in COMMENTS, which Liquibase leaves alone; MD5SUM stays empty, which it takes for "to be filled
 * in".
 */
public final class FolderLedger {
  /**
   * A file that was applied.
   *
   * @param checksum null when Liquibase itself applied it
   * @param when the time by which Drizzle knows it; null where there is none
   * @param searchPath what it has set for the migrations that followed it in its run
   * @param origin whether it ran, or was entered only
   */
  public record Row(
      String file,
      @Nullable String checksum,
      @Nullable Long when,
      @Nullable String searchPath,
      Origin origin) {
    public Row(String file, @Nullable String checksum) {
      this(file, checksum, null, null, Origin.RUN);
    }
  }

  /** What is entered of a file; {@code when} is null but for Drizzle's. */
  public record Entry(String file, String checksum, @Nullable Long when) {
    private String note() {
      return when == null ? checksum : checksum + " when=" + when;
    }
  }

  /** How a row came into the ledger. */
  public enum Origin {
    RUN("sql"),
    /** Taken over from the history of the folder's own tool. */
    ADOPTED("adopted"),
    /** It counts as applied. */
    BASELINE("baseline");

    private final String description;

    Origin(String description) {
      this.description = description;
    }

    private static Origin of(@Nullable String description) {
      return Stream.of(values())
          .filter(origin -> origin.description.equals(description))
          .findFirst()
          .orElse(RUN);
    }
  }

  static final String CHECKSUM = "^((sha256|crc32):[^[:space:]]+)";
  static final String DONE = "exectype in ('EXECUTED', 'RERAN', 'MARK_RAN')";

  private final Connection connection;
  private final Ledger ledger;
  private final String deployment;
  private final String row;
  private OptionalInt last = OptionalInt.empty();

  public FolderLedger(Session session, Ledger ledger) {
    this.connection = session.connection();
    this.ledger = ledger;
    var millis = Long.toString(System.currentTimeMillis());
    this.deployment = millis.substring(millis.length() - 10);
    this.row = row(ledger);
  }

  /** In the order in which they were applied. */
  public List<Row> rows() throws SQLException {
    if (!ledger.has(connection, ledger.ledger())) {
      return List.of();
    }
    return Sql.rows(
        connection,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getObject(3, Long.class),
                row.getString(4),
                Origin.of(row.getString(5))),
        """
        select filename, substring(comments from '%s'),
               substring(comments from ' when=([0-9]+)')::bigint,
               substring(comments from ' search_path=(.*)$'), description
          from %s where id = 'raw' and author = 'includeAll' and %s
         order by orderexecuted
        """
            .formatted(CHECKSUM, ledger.ledger(), DONE));
  }

  /** As Liquibase makes it. */
  public void makeTable() throws SQLException {
    if (!ledger.has(connection, ledger.ledger())) {
      Sql.execute(
          connection,
          """
          create table if not exists %s (
            id varchar(255) not null, author varchar(255) not null,
            filename varchar(255) not null, dateexecuted timestamp not null,
            orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),
            description varchar(255), comments varchar(255), tag varchar(255),
            liquibase varchar(20), contexts varchar(255), labels varchar(255),
            deployment_id varchar(10))
          """
              .formatted(ledger.ledger()));
      ledger.made(ledger.ledger());
    }
  }

  /**
   * The row of a file that isn't in the ledger. With {@code usualPath} it keeps a search path that
   * differs from that: a run that breaks off after it goes on with it in its next attempt.
   */
  public SqlPart row(Entry entry, Optional<String> usualPath) throws SQLException {
    return row(entry, usualPath, Origin.RUN);
  }

  /** The row of a file that is applied, and doesn't run. */
  public SqlPart rowOnly(Entry entry, Origin origin) throws SQLException {
    return row(entry, Optional.empty(), origin);
  }

  private SqlPart row(Entry entry, Optional<String> usualPath, Origin origin) throws SQLException {
    var next = (last.isPresent() ? last.getAsInt() : latest()) + 1;
    last = OptionalInt.of(next);
    return SqlPart.of(
        row,
        entry.file(),
        next,
        origin.description,
        entry.note(),
        usualPath.orElse(null),
        deployment);
  }

  /** Asked once: under the lock nobody else enters a row. */
  private int latest() throws SQLException {
    return Sql.rows(
            connection,
            row -> row.getInt(1),
            "select coalesce(max(orderexecuted), 0) from " + ledger.ledger())
        .getFirst();
  }

  private static String row(Ledger ledger) {
    return """
    insert into %1$s (id, author, filename, dateexecuted, orderexecuted, exectype,
                      description, comments, liquibase, deployment_id)
    values ('raw', 'includeAll', ?, now(), ?, 'EXECUTED', ?,
            left(? || coalesce(' search_path=' || nullif(pg_catalog.current_setting('search_path'),
                 coalesce(?, pg_catalog.current_setting('search_path'))), ''), 255), 'sluice', ?)
    """
        .formatted(ledger.ledger());
  }

  /** The row of a file that may have run before. */
  public SqlPart rowAgain(Entry entry) {
    last = OptionalInt.empty();
    return SqlPart.of(
        """
        with latest as (select coalesce(max(orderexecuted), 0) + 1 as next from %1$s),
             again as (
               update %1$s set dateexecuted = now(), exectype = 'RERAN', md5sum = null,
                      comments = ?, orderexecuted = next, deployment_id = ?, description = 'sql'
                 from latest where id = 'raw' and author = 'includeAll' and filename = ?
               returning 1)
        insert into %1$s (id, author, filename, dateexecuted, orderexecuted, exectype,
                          description, comments, liquibase, deployment_id)
        select 'raw', 'includeAll', ?, now(), next, 'EXECUTED', 'sql', ?, 'sluice', ?
          from latest where not exists (select from again)
        """
            .formatted(ledger.ledger()),
        entry.note(),
        deployment,
        entry.file(),
        entry.file(),
        entry.note(),
        deployment);
  }
}
