package dev.sluice.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /** As {@code root.sql}, headed as Liquibase wants it. */
  public TestChangelog sql(String changeSets) {
    return with("root.sql", "--liquibase formatted sql\n" + changeSets);
  }
}
