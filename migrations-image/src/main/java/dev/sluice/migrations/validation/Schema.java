package dev.sluice.migrations.validation;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The schema of a database as text, for comparing: the name of each object with its definition. Two
 * that are equal have the same objects, whatever made them.
 */
public record Schema(SortedMap<String, String> objects) {
  /** Their columns in the query. */
  private static final Pattern RIGHTS = Pattern.compile("\\w+\\.\\w*acl::text");

  private static final List<String> ONLY_RIGHTS =
      List.of("default privileges of ", "rights on schema ");

  public Schema {
    objects = new TreeMap<>(objects);
  }

  /** Of everything but the ledger and the tools' histories. */
  public static Schema of(Session session) throws SQLException {
    return of(session, query());
  }

  /** The same without what anybody may do with it, which depends on the roles of a server. */
  public static Schema withoutRights(Session session) throws SQLException {
    var schema = of(session, RIGHTS.matcher(query()).replaceAll("null::text"));
    var objects = new TreeMap<>(schema.objects);
    objects.keySet().removeIf(name -> ONLY_RIGHTS.stream().anyMatch(name::startsWith));
    return new Schema(objects);
  }

  private static Schema of(Session session, String query) throws SQLException {
    var connection = session.connection();
    var before = path(connection);
    // names then come with their schemas
    setPath(connection, "");
    try {
      var objects = new TreeMap<String, String>();
      Sql.rows(
              connection,
              row -> Map.entry(row.getString(1), String.valueOf(row.getString(2))),
              query)
          .forEach(row -> objects.merge(row.getKey(), row.getValue(), Schema::both));
      return new Schema(objects);
    } finally {
      setPath(connection, before);
    }
  }

  private static String both(String one, String other) {
    return one.compareTo(other) <= 0 ? one + "\n" + other : other + "\n" + one;
  }

  private static String path(Connection connection) throws SQLException {
    return Sql.rows(connection, row -> row.getString(1), "select current_setting('search_path')")
        .getFirst();
  }

  private static void setPath(Connection connection, String path) throws SQLException {
    Sql.rows(
        connection, row -> row.getString(1), "select set_config('search_path', ?, false)", path);
  }

  private static String query() {
    try (var file = Schema.class.getResourceAsStream("schema.sql")) {
      if (file == null) {
        throw new IllegalStateException("schema.sql is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of it, a sentence for each object, {@code adds column public.users.tier}. */
  public List<String> changesTo(Schema after) {
    var changes = new ArrayList<String>();
    objects.forEach((name, definition) -> {
      var other = after.objects.get(name);
      if (other == null) {
        changes.add("drops " + name);
      } else if (!other.equals(definition)) {
        changes.add("changes " + name);
      }
    });
    after.objects.keySet().stream()
        .filter(name -> !objects.containsKey(name))
        .forEach(name -> changes.add("adds " + name));
    return changes;
  }
}
