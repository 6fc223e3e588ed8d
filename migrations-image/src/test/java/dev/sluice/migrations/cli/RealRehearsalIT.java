package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.rehearsal.OwnRehearsal;
import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.RehearsalVerdict.Result;
import dev.sluice.migrations.report.Report;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What projects that have nothing to do with this one have released, on the versions of PostgreSQL.
 */
final class RealRehearsalIT {
  /** A jar that the build has fetched, a folder in it, and what is migrated there. */
  enum Source {
    /** A decision engine; Liquibase, XML. */
    FLOWABLE(
        "flowable-dmn-engine",
        "org/flowable",
        "org/flowable/dmn/db/liquibase/flowable-dmn-db-changelog.xml",
        8,
        true),
    /** An API gateway; Liquibase, YAML, with parameters by kind of database. */
    GRAVITEE("gravitee-repository-jdbc", "liquibase", "liquibase/master.yml", 45, false),
    /** The consents of a bank's customers; Liquibase, XML, over a hundred files. */
    CONSENT_MANAGEMENT("cms-db-schema", ".", "master.xml", 200, false),
    /** A workflow engine; Flyway. */
    CONDUCTOR("conductor-postgres-persistence", "db", "db/migration_postgres", 8, true);

    private final String jar;
    private final String folder;
    private final String changelog;
    private final int changeSets;

    /** A build tries it on the oldest version too, and not on the newest alone. */
    private final boolean isShort;

    Source(String jar, String folder, String changelog, int changeSets, boolean isShort) {
      this.jar = jar;
      this.folder = folder;
      this.changelog = changelog;
      this.changeSets = changeSets;
      this.isShort = isShort;
    }

    private void unpack(Path target) throws IOException {
      var file = Path.of("target/real", jar + ".jar");
      assumeThat(file).as("the build fetches it").exists();
      try (var zip = FileSystems.newFileSystem(file);
          var files = Files.walk(zip.getPath("/", folder).normalize())) {
        var wanted = files.filter(entry -> entry.toString().matches(".*\\.(xml|ya?ml|sql|csv)"));
        for (var entry : wanted.toList()) {
          var copy = target.resolve(zip.getPath("/").relativize(entry).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(entry, copy);
        }
      }
    }
  }

  private static final PostgresHome HOME =
      PostgresHome.of(
          Map.of(PostgresHome.VARIABLE, Path.of("target/postgres").toAbsolutePath().toString()));

  @TempDir Path root;
  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource
  void isRehearsed(Source source) throws IOException {
    source.unpack(root);
    for (var major : majors(source)) {
      var report = rehearsed(source, major);
      var verdict = verdict(report);
      assertThat(report.failure()).as("%s on %d", source, major).isNull();
      assertThat(verdict.result()).isEqualTo(Result.PASSED);
      assertThat(verdict.skipped()).isEmpty();
      assertThat(report.applied()).hasSizeGreaterThanOrEqualTo(source.changeSets);
    }
  }

  /** All of them where everything is to be tried: {@code -Dsluice.every=1}. */
  private static List<Integer> majors(Source source) {
    var majors = HOME.majors();
    if (Integer.getInteger("sluice.every", 0) == 1) {
      return majors;
    }
    return source.isShort
        ? List.of(majors.getFirst(), majors.getLast())
        : List.of(majors.getLast());
  }

  private Report rehearsed(Source source, int major) {
    var environment =
        Map.of(
            "PGHOST",
            "localhost",
            "PGUSER",
            OwnRehearsal.ROLE,
            "PGDATABASE",
            OwnRehearsal.DATABASE,
            "SLUICE_ROOT",
            root.toString(),
            "SLUICE_CHANGELOG",
            source.changelog,
            "SLUICE_REHEARSAL_DIR",
            scratch.toString());
    return switch (Settings.read(environment)) {
      case Settings.Faulty(var problems) -> throw new AssertionError(problems);
      case Settings.Complete(var request, var deadline, _) ->
          new OwnRehearsal(HOME, new LazyEngines(), major, null, null, false, _ -> {})
              .report(request, new RunContext(new Stop(Deadline.in(deadline)), _ -> {}));
    };
  }

  private static RehearsalVerdict verdict(Report report) {
    return Objects.requireNonNull(report.rehearsal(), () -> String.valueOf(report.failure()));
  }
}
