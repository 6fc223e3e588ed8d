package dev.sluice.migrations.cli;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The real Flyway, as a team would run it on the same folder. */
final class RealFlyway {
  private RealFlyway() {}

  /** {@code folders} are below the changelog's root. */
  static FluentConfiguration on(TestDatabase database, TestChangelog changelog, String... folders) {
    return Flyway.configure()
        .dataSource(
            "jdbc:postgresql://localhost:" + database.server().port() + "/" + database.name(),
            TestServer.USER,
            "")
        .locations(
            Stream.of(folders)
                .map(folder -> "filesystem:" + changelog.root().resolve(folder))
                .toArray(String[]::new));
  }
}
