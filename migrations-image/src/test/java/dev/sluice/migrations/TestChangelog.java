package dev.sluice.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** A folder of changelog files. */
public record TestChangelog(Path root) {
  public static final String TWO_TABLES =
      """
      --liquibase formatted sql
      --changeset ann:users
      create table users (id int primary key);
      --changeset ann:orders
      create table orders (id int primary key);
      """;

  public TestChangelog with(String path, String text) {
    try {
      var file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of Drizzle's with these files, in this order; {@code when} goes up by a second. */
  public TestChangelog drizzle(String folder, String... tags) {
    var entries = new ArrayList<String>();
    for (var i = 0; i < tags.length; i++) {
      entries.add(
          "{\"idx\": %d, \"version\": \"7\", \"when\": %d, \"tag\": \"%s\", \"breakpoints\": true}"
              .formatted(i, 1_700_000_000_000L + 1000L * i, tags[i]));
    }
    return with(
        folder + "/meta/_journal.json",
        "{\"version\": \"7\", \"dialect\": \"postgresql\", \"entries\": [%s]}"
            .formatted(String.join(",\n", entries)));
  }

  /** Two migrations in a folder of Drizzle's. */
  public TestChangelog twoOfDrizzle() {
    return drizzle("drizzle", "0000_users", "0001_orders")
        .with("drizzle/0000_users.sql", "CREATE TABLE users (id int);--> statement-breakpoint\n")
        .with(
            "drizzle/0001_orders.sql", "create table orders (j jsonb); select j ? 'a' from orders");
  }

  /** A third beside them. */
  public void thirdOfDrizzle(String sql) {
    drizzle("drizzle", "0000_users", "0001_orders", "0002_third")
        .with("drizzle/0002_third.sql", sql);
  }

  public void without(String path) {
    try {
      Files.delete(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code root.sql}, headed as Liquibase wants it. */
  public TestChangelog sql(String changeSets) {
    return with("root.sql", "--liquibase formatted sql\n" + changeSets);
  }
}
