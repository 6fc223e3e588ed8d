package dev.sluice.e2e.harness;

import java.util.List;

/** A database of its own, with an owner whose password occurs nowhere else. */
public record SiteDatabase(Postgres server, String name, String password) {

  /** The owner; so is the Secret called that has its password. */
  public String user() {
    return name;
  }

  public String host() {
    return server.host();
  }

  /** The rows, columns separated by {@code |}. */
  public List<String> query(String sql) {
    return server.psql(name, sql);
  }

  public List<String> tables() {
    return query("select tablename from pg_tables where schemaname = 'public' order by 1");
  }

  /** The changesets in the ledger, in the order in which they ran. */
  public List<String> changeSets() {
    return query("select id from databasechangelog order by orderexecuted");
  }
}
