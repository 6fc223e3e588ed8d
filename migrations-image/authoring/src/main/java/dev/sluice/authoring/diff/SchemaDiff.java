package dev.sluice.authoring.diff;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.PgDiff;
import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.pgcodekeeper.core.ignorelist.IgnoreList;
import org.pgcodekeeper.core.loader.pg.JdbcPgLoader;
import org.pgcodekeeper.core.model.difftree.DiffTree;
import org.pgcodekeeper.core.model.difftree.TreeElement;
import org.pgcodekeeper.core.model.difftree.TreeElement.DiffSide;
import org.pgcodekeeper.core.model.difftree.TreeFlattener;
import org.pgcodekeeper.core.monitor.NullMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.schema.PgStatement;
import org.pgcodekeeper.core.settings.CoreSettings;

/**
 * Compares two live databases by pgcodekeeper. What it says is never trusted alone: whoever uses it
 * runs the statements and compares again.
 */
public final class SchemaDiff {
  private static final String UTC = "UTC";

  /** What its scripts begin with, and what would outlive them. */
  private static final List<String> FRAME =
      List.of("SET search_path = pg_catalog", "SET check_function_bodies = false");

  /** Names of NOT NULL, which nobody gave and PostgreSQL has since 18: earlier ones would fail. */
  private static final Pattern NOT_NULL_NAME =
      Pattern.compile(
          "ALTER TABLE (?:ONLY )?\\S+\\s+RENAME CONSTRAINT \\S+_not_null\"? TO \\S+_not_null\"?");

  private final CoreSettings settings = new CoreSettings();

  private SchemaDiff(boolean privileges) {
    // a column in the middle would recreate the table
    settings.setIgnoreColumnOrder(true);
    settings.setDisableCheckFunctionBodies(true);
    settings.setEnableFunctionBodiesDependencies(true);
    settings.setIgnorePrivileges(!privileges);
  }

  /**
   * What makes {@code current} like {@code wanted}.
   *
   * @param privileges whether rights that are granted count
   */
  public static Difference between(
      ConnectionSource current, ConnectionSource wanted, boolean privileges)
      throws CannotCompareException {
    try {
      return new SchemaDiff(privileges).compared(current, wanted);
    } catch (IOException | RuntimeException e) {
      throw new CannotCompareException(
          "the databases can't be compared: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotCompareException("it was interrupted", e);
    }
  }

  private Difference compared(ConnectionSource current, ConnectionSource wanted)
      throws IOException, InterruptedException {
    var unread = new ArrayList<String>();
    var from = loaded(current, unread);
    var to = loaded(wanted, unread);
    var root = DiffTree.create(settings, from, to);
    root.setAllChecked();
    var ignored = new IgnoreList();
    var elements =
        new TreeFlattener().onlySelected().useIgnoreList(ignored).onlyEdits(from, to).flatten(root);
    var changes =
        elements.stream()
            .map(SchemaDiff::change)
            .sorted(
                Comparator.comparing(ObjectChange::kind)
                    .thenComparing(ObjectChange::type)
                    .thenComparing(ObjectChange::name))
            .toList();
    if (elements.isEmpty()) {
      return new Difference(List.of(), List.of(), unread);
    }
    var script = new PgDiff(settings).diff(root, from, to, null, null, ignored);
    var all = statements(script);
    var statements = all.stream().filter(sql -> !NOT_NULL_NAME.matcher(sql).matches()).toList();
    return statements.isEmpty() && !all.isEmpty()
        ? new Difference(List.of(), List.of(), unread)
        : new Difference(changes, statements, unread);
  }

  private AbstractDatabase loaded(ConnectionSource source, List<String> unread)
      throws IOException, InterruptedException {
    var loader = new JdbcPgLoader(new Connector(source), UTC, settings, new NullMonitor(), null);
    var database = loader.loadAndAnalyze();
    loader.getErrors().forEach(error -> unread.add(String.valueOf(error)));
    // whoever runs the migrations owns what they make
    database.getDescendants().forEach(SchemaDiff::disown);
    return database;
  }

  private static void disown(PgStatement object) {
    if (object.getOwner() != null) {
      object.setOwner(null);
    }
  }

  private static ObjectChange change(TreeElement element) {
    var kind =
        element.getSide() == DiffSide.LEFT
            ? ObjectChange.Kind.DROP
            : element.getSide() == DiffSide.RIGHT
                ? ObjectChange.Kind.ADD
                : ObjectChange.Kind.CHANGE;
    return new ObjectChange(
        kind,
        element.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        element.getQualifiedName());
  }

  private static List<String> statements(String script) {
    return SqlScan.of(script, SourcePosition.startOf("")).statements().stream()
        // without the engine's remarks in front
        .map(statement -> statement.text().substring(statement.begin()))
        .map(String::strip)
        .map(text -> text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text)
        .filter(text -> !text.isEmpty() && !FRAME.contains(text))
        .toList();
  }

  /** The loader closes what it gets. */
  private record Connector(ConnectionSource source) implements IJdbcConnector {
    @Override
    public Connection getConnection() throws IOException {
      try {
        return source.open();
      } catch (SQLException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public String getBatchDelimiter() {
      return "";
    }

    @Override
    public String getUrl() {
      return "jdbc:postgresql:";
    }
  }
}
