package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Liquibase as others use it. */
public final class EmbeddedLiquibase {
  static {
    // or it would look every ten seconds whether the lock is free
    System.setProperty("liquibase.changelogLockPollRate", "1");
  }

  private EmbeddedLiquibase() {}

  @FunctionalInterface
  private interface Use<T> {
    T of(Liquibase liquibase) throws Exception;
  }

  public static void update(TestDatabase database, TestChangelog changelog, String path)
      throws Exception {
    var _ =
        with(
            database,
            changelog,
            path,
            liquibase -> {
              liquibase.update(new Contexts(), new LabelExpression());
              return true;
            });
  }

  public static List<String> pending(TestDatabase database, TestChangelog changelog, String path)
      throws Exception {
    return with(
        database,
        changelog,
        path,
        liquibase ->
            liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                .map(ChangeSetNames::of)
                .toList());
  }

  @SuppressWarnings("try") // close() throws Exception
  private static <T> T with(TestDatabase database, TestChangelog changelog, String path, Use<T> use)
      throws Exception {
    try (var connection = database.connect();
        var files = new DirectoryResourceAccessor(changelog.root())) {
      var postgres = new PostgresDatabase();
      postgres.setConnection(new JdbcConnection(connection));
      if (database.has("sluice.databasechangelog")) {
        postgres.setLiquibaseSchemaName("sluice");
      }
      try (var liquibase = new Liquibase(path, files, postgres)) {
        return use.of(liquibase);
      }
    }
  }
}
