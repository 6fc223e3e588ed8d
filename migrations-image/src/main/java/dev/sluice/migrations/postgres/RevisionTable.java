package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code sluice_revision}: which revisions this database has, and the fingerprint under
 * which nothing was pending. Without a revision the fingerprint alone is kept, in a row whose
 * revision is empty.
 */
public record RevisionTable(Session session, Ledger ledger) {
  private static final int LATEST = 10;

  /**
   * A revision and the hash of what it was applied to.
   *
   * @param required further revisions, of which is reported whether the table has them
   */
  public record Entry(@Nullable String revision, String target, List<String> required) {
    public Entry {
      required = List.copyOf(required);
    }

    public Entry(@Nullable String revision, String target) {
      this(revision, target, List.of());
    }

    String name() {
      return revision == null ? "" : revision;
    }
  }

  /** The fingerprint is in the table; the entry may be new. */
  public record Known(int changeSets, boolean entered) {}

  /** Empty when the fingerprint isn't there, or there are no tables yet. */
  public Optional<Known> known(String fingerprint, Entry entry) throws SQLException {
    var connection = session.connection();
    if (!ledger.has(connection, ledger.revisions())) {
      return Optional.empty();
    }
    var rows =
        Sql.rows(
            connection,
            row -> new Known(row.getInt(1), row.getBoolean(2)),
            """
            select change_sets, exists (select from %1$s where revision = ? and target = ?)
              from %1$s where fingerprint = ? limit 1
            """
                .formatted(ledger.revisions()),
            entry.name(),
            entry.target(),
            fingerprint);
    return rows.stream().findFirst();
  }

  /** Empty when there is no ledger yet. */
  public Optional<String> ledgerDigest() throws SQLException {
    var connection = session.connection();
    if (!ledger.has(connection, ledger.ledger())) {
      return Optional.empty();
    }
    var digest =
        """
        select encode(sha256(convert_to(coalesce(string_agg(
                 concat_ws(chr(31), id, author, filename, md5sum, exectype, orderexecuted::text),
                 chr(30) order by orderexecuted, dateexecuted, filename, author, id), ''), 'UTF8')),
               'hex')
          from %s
        """
            .formatted(ledger.ledger());
    return Sql.rows(connection, row -> row.getString(1), digest).stream().findFirst();
  }

  public void enter(Entry entry, @Nullable String fingerprint, int changeSets) throws SQLException {
    var connection = session.connection();
    if (!ledger.has(connection, ledger.revisions())) {
      Sql.execute(
          connection,
          """
          create table if not exists %s (
            revision text not null,
            target text not null,
            applied_at timestamptz not null default now(),
            fingerprint text,
            change_sets int not null,
            primary key (revision, target))
          """
              .formatted(ledger.revisions()));
      ledger.made(ledger.revisions());
    }
    Sql.update(
        connection,
        """
        insert into %s (revision, target, fingerprint, change_sets) values (?, ?, ?, ?)
        on conflict (revision, target) do update
          set applied_at = now(), fingerprint = excluded.fingerprint,
              change_sets = excluded.change_sets
        """
            .formatted(ledger.revisions()),
        entry.name(),
        entry.target(),
        fingerprint,
        changeSets);
  }

  /**
   * Which of those that are required it has, in their order. Empty: it can't say, since it doesn't
   * have the entry's own revision either.
   */
  public List<Boolean> required(Entry entry) throws SQLException {
    var connection = session.connection();
    if (entry.required().isEmpty() || !ledger.has(connection, ledger.revisions())) {
      return List.of();
    }
    var asked = Stream.concat(Stream.of(entry.name()), entry.required().stream());
    var known =
        Sql.rows(
            connection,
            row -> row.getString(1),
            "select revision from %s where target = ? and revision = any (string_to_array(?, ','))"
                .formatted(ledger.revisions()),
            entry.target(),
            asked.collect(Collectors.joining(",")));
    return known.contains(entry.name())
        ? entry.required().stream().map(known::contains).toList()
        : List.of();
  }

  /** Newest first. */
  public List<String> latest(String target) throws SQLException {
    var connection = session.connection();
    if (!ledger.has(connection, ledger.revisions())) {
      return List.of();
    }
    return Sql.rows(
        connection,
        row -> row.getString(1),
        "select revision from %s where target = ? and revision <> '' order by applied_at desc limit ?"
            .formatted(ledger.revisions()),
        target,
        LATEST);
  }
}
