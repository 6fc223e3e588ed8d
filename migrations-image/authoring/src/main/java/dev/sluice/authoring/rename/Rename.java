package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.migrations.postgres.Sql;
import java.util.ArrayList;
import java.util.List;

/** Something that has another name from now on; of a label, the type's name is in front. */
public record Rename(Kind kind, ObjectName from, ObjectName to) {
  /** In the order in which they are found out: each may be in one before it. */
  public enum Kind {
    SCHEMA("schema"),
    TABLE("table"),
    TYPE("type"),
    COLUMN("column"),
    LABEL("enum value"),
    CONSTRAINT("constraint"),
    INDEX("index"),
    SEQUENCE("sequence");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public String words() {
    return "rename " + kind.words() + " " + from + " to " + (isMove() ? to : to.last());
  }

  boolean isMove() {
    return kind != Kind.SCHEMA && !from.schema().equals(to.schema());
  }

  public List<String> statements() {
    return switch (kind) {
      case SCHEMA -> List.of("ALTER SCHEMA %s RENAME TO %s".formatted(from.sql(), to.sql()));
      case TABLE -> moved("TABLE");
      case TYPE -> moved("TYPE");
      case SEQUENCE -> moved("SEQUENCE");
      case INDEX -> List.of(renamed("INDEX", from));
      case COLUMN ->
          List.of(
              "ALTER TABLE %s RENAME COLUMN %s TO %s"
                  .formatted(from.parent().sql(), Sql.quoted(from.last()), Sql.quoted(to.last())));
      case CONSTRAINT ->
          List.of(
              "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
                  .formatted(from.parent().sql(), Sql.quoted(from.last()), Sql.quoted(to.last())));
      case LABEL ->
          List.of(
              "ALTER TYPE %s RENAME VALUE %s TO %s"
                  .formatted(from.parent().sql(), literal(from.last()), literal(to.last())));
    };
  }

  private List<String> moved(String what) {
    var statements = new ArrayList<String>();
    var at = from;
    if (isMove()) {
      statements.add(
          "ALTER %s %s SET SCHEMA %s".formatted(what, from.sql(), Sql.quoted(to.schema())));
      at = ObjectName.of(to.schema(), from.last());
    }
    if (!from.last().equals(to.last())) {
      statements.add(renamed(what, at));
    }
    return statements;
  }

  private String renamed(String what, ObjectName at) {
    return "ALTER %s %s RENAME TO %s".formatted(what, at.sql(), Sql.quoted(to.last()));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
