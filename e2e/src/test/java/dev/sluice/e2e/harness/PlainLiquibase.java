package dev.sluice.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Liquibase as it comes, run from here. */
public final class PlainLiquibase {

  private PlainLiquibase() {}

  /** {@code liquibase update}, as the database's owner; one at a time, for its singletons. */
  public static synchronized void update(SiteDatabase database, Path folder, String root) {
    try (var port = database.server().pod().portForward(5432)) {
      var url =
          "jdbc:postgresql://localhost:%d/%s?sslmode=disable"
              .formatted(port.getLocalPort(), database.name());
      Scope.child(
          Map.of("liquibase.analytics.enabled", false),
          () -> {
            var files = new DirectoryResourceAccessor(folder);
            try (var connection =
                    DriverManager.getConnection(url, database.user(), database.password());
                var liquibase = new Liquibase(root, files, new JdbcConnection(connection))) {
              liquibase.setShowSummary(UpdateSummaryEnum.OFF);
              liquibase.update(new Contexts());
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) { // Scope.child lets anything out
      throw new IllegalStateException("plain Liquibase can't do it either", e);
    }
  }
}
