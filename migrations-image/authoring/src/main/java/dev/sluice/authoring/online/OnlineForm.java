package dev.sluice.authoring.online;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.authoring.write.NewMigration;
import dev.sluice.migrations.postgres.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form in which tables that are there stay usable.
 *
 * <ol>
 *   <li>values of enumerations
 *   <li>the change itself, without what reads a whole table under a lock
 *   <li>an index each, built concurrently, in no transaction
 *   <li>one that replaces another takes its name
 *   <li>constraints on those indexes, and rules for new rows alone
 *   <li>the proof that the old rows keep them
 * </ol>
 *
 * Tables with partitions get the plain form: PostgreSQL can do little of this for them.
 */
public final class OnlineForm {
  private static final String NAME =
      "((?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+))?)";
  private static final Pattern INDEX =
      Pattern.compile("(?s)CREATE (UNIQUE )?INDEX " + NAME + " ON (?:ONLY )?" + NAME + " (.*)");
  private static final Pattern CONSTRAINT =
      Pattern.compile(
          "(?s)ALTER TABLE (?:ONLY )?"
              + NAME
              + " ADD CONSTRAINT "
              + NAME
              + " (CHECK|FOREIGN KEY|UNIQUE|PRIMARY KEY)\\b(.*)");
  private static final Pattern NOT_NULL =
      Pattern.compile(
          "(?s)ALTER TABLE (?:ONLY )?" + NAME + " ALTER COLUMN " + NAME + " SET NOT NULL");
  private static final Pattern DROP =
      Pattern.compile("(?s)(?:DROP INDEX|ALTER TABLE .* DROP CONSTRAINT) " + NAME + ".*");

  /** A key in its brackets, and nothing but what an index has as well. */
  private static final Pattern PLAIN_KEY = Pattern.compile("(?s)\\s*(\\([^()]*\\))\\s*");

  /** What an index is called until it takes the place of another. */
  private static final String NEW = "_new";

  private static final int LONGEST_NAME = 63;

  private final MigrationName name;
  private final Set<String> tables;
  private final Set<String> dropped = new HashSet<>();
  private final List<String> main = new ArrayList<>();
  private final List<String> indexes = new ArrayList<>();
  private final List<String> swaps = new ArrayList<>();
  private final List<String> constraints = new ArrayList<>();
  private final List<String> proofs = new ArrayList<>();

  private OnlineForm(MigrationName name, Catalog current) {
    this.name = name;
    this.tables =
        current.tables().stream()
            .filter(table -> !table.partitioned() && !table.partition())
            .map(Table::name)
            .map(table -> String.join(".", table.parts()))
            .collect(Collectors.toSet());
  }

  /** {@code current}: the tables that are there, with their renames. */
  public static List<NewMigration> of(
      MigrationName name, List<String> renames, List<String> statements, Catalog current) {
    var form = new OnlineForm(name, current);
    form.statements(statements);
    return form.migrations(renames);
  }

  private void statements(List<String> statements) {
    var drops = new HashMap<String, String>();
    for (var statement : statements) {
      var drop = DROP.matcher(statement);
      if (drop.matches()) {
        dropped.add(last(drop.group(1)));
        if (statement.startsWith("DROP INDEX")) {
          drops.put(last(drop.group(1)), drop.group(1));
        }
      }
    }
    var left = new ArrayList<>(statements);
    for (var statement : statements) {
      replaced(statement, drops).ifPresent(drop -> left.removeAll(List.of(statement, drop)));
    }
    for (var statement : left) {
      if (!isIndex(statement) && !isConstraint(statement) && !isNotNull(statement)) {
        main.add(statement);
      }
    }
  }

  /** Of an index that comes in the place of another: the statement that drops that. */
  private Optional<String> replaced(String statement, Map<String, String> drops) {
    var index = INDEX.matcher(statement);
    if (!index.matches() || !isThere(index.group(3))) {
      return Optional.empty();
    }
    var called = plain(index.group(2));
    var old = drops.get(called);
    if (old == null || called.length() + NEW.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    var made = Sql.quoted(called + NEW);
    indexes.add(concurrently(index, made));
    swaps.add("DROP INDEX " + old);
    var schema = old.substring(0, old.length() - index.group(2).length());
    swaps.add("ALTER INDEX %s%s RENAME TO %s".formatted(schema, made, index.group(2)));
    return Optional.of("DROP INDEX " + old);
  }

  private static String concurrently(Matcher index, String called) {
    return "CREATE %sINDEX CONCURRENTLY %s ON %s %s"
        .formatted(
            Optional.ofNullable(index.group(1)).orElse(""), called, index.group(3), index.group(4));
  }

  private boolean isThere(String table) {
    return tables.contains(plain(table));
  }

  private boolean isIndex(String statement) {
    var index = INDEX.matcher(statement);
    if (!index.matches() || !isThere(index.group(3)) || dropped.contains(last(index.group(2)))) {
      return false;
    }
    indexes.add(concurrently(index, index.group(2)));
    return true;
  }

  private boolean isConstraint(String statement) {
    var constraint = CONSTRAINT.matcher(statement);
    if (!constraint.matches() || !isThere(constraint.group(1))) {
      return false;
    }
    var table = constraint.group(1);
    var called = constraint.group(2);
    return switch (constraint.group(3)) {
      case "CHECK", "FOREIGN KEY" -> {
        if (statement.endsWith("NOT VALID")) {
          yield false;
        }
        constraints.add(statement + " NOT VALID");
        proofs.add("ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, called));
        yield true;
      }
      default -> isKey(table, called, constraint.group(3), constraint.group(4));
    };
  }

  private boolean isKey(String table, String called, String kind, String rest) {
    var key = PLAIN_KEY.matcher(rest);
    if (!key.matches() || dropped.contains(last(called))) {
      return false;
    }
    indexes.add(
        "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s".formatted(called, table, key.group(1)));
    constraints.add(
        "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s"
            .formatted(table, called, kind, called));
    return true;
  }

  /** By a rule that is proved first: then the table isn't read again. */
  private boolean isNotNull(String statement) {
    var column = NOT_NULL.matcher(statement);
    if (!column.matches() || !isThere(column.group(1))) {
      return false;
    }
    var table = column.group(1);
    var rule = "\"sluice_%s_not_null\"".formatted(plain(column.group(2)).replace("\"", ""));
    constraints.add(
        "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID"
            .formatted(table, rule, column.group(2)));
    proofs.add("ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, rule));
    proofs.add(statement);
    proofs.add("ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, rule));
    return true;
  }

  private List<NewMigration> migrations(List<String> renames) {
    var migrations = new ArrayList<NewMigration>();
    var first = new ArrayList<>(main);
    if (indexes.isEmpty()) {
      first.addAll(constraints);
    }
    var left = PlainForm.main(name, renames, first, migrations);
    if (!left.isEmpty()) {
      migrations.add(new NewMigration(name, List.of(), left));
    }
    for (var i = 0; i < indexes.size(); i++) {
      var called = name.with(i == 0 ? "index" : "index-" + (i + 1));
      migrations.add(new NewMigration(called, List.of(), List.of(indexes.get(i))));
    }
    if (!swaps.isEmpty()) {
      migrations.add(new NewMigration(name.with("swap"), List.of(), swaps));
    }
    if (!indexes.isEmpty() && !constraints.isEmpty()) {
      migrations.add(new NewMigration(name.with("constraints"), List.of(), constraints));
    }
    if (!proofs.isEmpty()) {
      migrations.add(new NewMigration(name.with("validate"), List.of(), proofs));
    }
    return migrations;
  }

  private static String plain(String quoted) {
    return quoted.replace("\"\"", "\0").replace("\"", "").replace("\0", "\"");
  }

  /** Without its schema. */
  private static String last(String qualified) {
    var plain = plain(qualified);
    return plain.substring(plain.lastIndexOf('.') + 1);
  }
}
