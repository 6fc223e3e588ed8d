package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A database that Drizzle has migrated so far: its tables are there, and the history says so. */
record MigratedByDrizzle(TestDatabase database, TestChangelog changelog) {
  static final String HISTORY = "drizzle.__drizzle_migrations";

  /** The first two migrations, as drizzle-orm does it. */
  void twoMigrations() {
    database.execute(
        """
        create schema drizzle;
        create table drizzle.__drizzle_migrations (
          id serial primary key, hash text not null, created_at bigint);
        create table users (id int);
        create table orders (j jsonb);
        """);
    applied("0000_users", 0);
    applied("0001_orders", 1);
  }

  /** A row of that one of the folder's migrations. */
  void applied(String tag, int index) {
    row(hash(tag), 1_700_000_000_000L + 1000L * index);
  }

  void row(String hash, long when) {
    database.execute(
        "insert into %s (hash, created_at) values ('%s', %d)".formatted(HISTORY, hash, when));
  }

  String hash(String tag) {
    try {
      var text = Files.readString(changelog.root().resolve("drizzle/" + tag + ".sql"));
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
