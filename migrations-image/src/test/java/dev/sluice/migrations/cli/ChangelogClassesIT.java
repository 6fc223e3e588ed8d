package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a changelog brings along, in jars. */
class ChangelogClassesIT {
  private static final String CHANGELOG =
      """
      databaseChangeLog:
        - changeSet:
            id: 1
            author: ann
            changes:
              - customChange:
                  class: team.Fill
                  params:
                    - param: {name: rows, value: "3"}
        - changeSet:
            id: 2
            author: ann
            preConditions:
              - onFail: MARK_RAN
              - customPrecondition:
                  className: team.Never
            changes:
              - sql: {sql: create table never (id int)}
      """;

  private static final String FILL =
      """
      package team;
      import liquibase.change.custom.CustomTaskChange;
      import liquibase.database.Database;
      import liquibase.database.jvm.JdbcConnection;
      import liquibase.exception.*;
      import liquibase.resource.ResourceAccessor;
      public class Fill implements CustomTaskChange {
        private String rows;
        public void setRows(String rows) { this.rows = rows; }
        public void execute(Database database) throws CustomChangeException {
          try (var s = ((JdbcConnection) database.getConnection()).createStatement()) {
            s.execute("create table filled as select generate_series(1, " + rows + ") as id");
          } catch (Exception e) { throw new CustomChangeException(e); }
        }
        public String getConfirmationMessage() { return "filled"; }
        public void setUp() {}
        public void setFileOpener(ResourceAccessor files) {}
        public ValidationErrors validate(Database database) { return new ValidationErrors(); }
      }
      """;

  private static final String NEVER =
      """
      package team;
      import liquibase.database.Database;
      import liquibase.exception.*;
      import liquibase.precondition.CustomPrecondition;
      public class Never implements CustomPrecondition {
        public void check(Database database) throws CustomPreconditionFailedException {
          throw new CustomPreconditionFailedException("never");
        }
      }
      """;

  /** Passes, by way of a class that is loaded no sooner than it is needed. */
  private static final String ALWAYS =
      """
      package team;
      import liquibase.database.Database;
      import liquibase.exception.*;
      import liquibase.precondition.CustomPrecondition;
      public class Always implements CustomPrecondition {
        public void check(Database database) throws CustomPreconditionFailedException {
          if (!Rule.holds()) { throw new CustomPreconditionFailedException("never"); }
        }
      }
      class Rule { static boolean holds() { return true; } }
      """;

  private static final String TWO_CLASSES =
      """
      package team;
      import liquibase.change.custom.CustomSqlChange;
      import liquibase.database.Database;
      import liquibase.exception.ValidationErrors;
      import liquibase.resource.ResourceAccessor;
      import liquibase.statement.SqlStatement;
      import liquibase.statement.core.RawSqlStatement;
      public class Generated implements CustomSqlChange {
        public SqlStatement[] generateStatements(Database database) {
          return new SqlStatement[] {new RawSqlStatement(Text.sql())};
        }
        public String getConfirmationMessage() { return Text.sql(); }
        public void setUp() {}
        public void setFileOpener(ResourceAccessor files) {}
        public ValidationErrors validate(Database database) { return new ValidationErrors(); }
      }
      class Text { static String sql() { return "create table generated (id int)"; } }
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path scratch;
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().with("root.yaml", CHANGELOG);
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "root.yaml");

  @Test
  void areFoundInTheJarsOfLib() throws IOException {
    jar(Map.of("Fill", FILL, "Never", NEVER));

    assertThat(sluice.run().exit()).isZero();

    assertThat(database.query("select count(*) from filled")).containsExactly("3");
    assertThat(database.has("never")).isFalse();
    assertThat(database.query("select exectype from databasechangelog order by id"))
        .containsExactly("EXECUTED", "MARK_RAN");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void areNamedWithTheRemedyWhenTheyAreNotThere() {
    var ran = sluice.run();

    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.failure().message()).contains("team.Fill");
    assertThat(ran.failure().hint()).contains("lib");
    assertThat(database.has("databasechangelog")).isFalse();
  }

  /** Without the class Liquibase takes the precondition for failed, and marks it as ran. */
  @Test
  void stayLoadableUntilTheLastPreconditionIsChecked() throws IOException {
    jar(Map.of("Always", ALWAYS));
    sluice.with("SLUICE_CHANGELOG", "precondition.yaml");
    changelog.with(
        "precondition.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: ann
              preConditions:
                - onFail: MARK_RAN
                - customPrecondition:
                    className: team.Always
              changes:
                - sql: {sql: create table always (id int)}
        """);

    assertThat(sluice.run().exit()).isZero();

    assertThat(database.has("always")).isTrue();
    assertThat(database.query("select exectype from databasechangelog"))
        .containsExactly("EXECUTED");
  }

  @Test
  void stayLoadableUntilTheLastChangeHasRun() throws IOException {
    jar(Map.of("Generated", TWO_CLASSES));
    sluice.with("SLUICE_CHANGELOG", "two.yaml");
    changelog.with(
        "two.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: ann
              changes:
                - customChange: {class: team.Generated}
        """);

    assertThat(sluice.run().exit()).isZero();

    assertThat(database.has("generated")).isTrue();
  }

  /** Loading a class is running it. */
  @Test
  void areNotLoadedForAPlanOrAStatus() throws IOException {
    var proof = scratch.resolve("proof");
    var opening =
        (" { static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); }"
                + " catch (java.io.IOException e) { throw new IllegalStateException(e); } }")
            .formatted(proof);
    jar(Map.of("Fill", FILL.replaceFirst(" \\{", opening), "Never", NEVER));
    assertThat(sluice.command("status")).isZero();
    assertThat(sluice.check().exit()).isEqualTo(20);
    var planned = sluice.with("SLUICE_APPROVAL", "Manual").run();
    assertThat(planned.output())
        .contains(
            "  -- customChange: its SQL is made when it runs",
            "  -- if, when it runs, all of these hold (if not: MARK_RAN, on an error: HALT):",
            "  --   customPrecondition {className=team.Never");
    assertThat(proof).doesNotExist();

    var digest = Objects.requireNonNull(planned.report().plan()).digest();
    assertThat(sluice.with("SLUICE_APPROVED", digest).run().report().applied()).hasSize(2);
    assertThat(proof).exists();
    assertThat(database.query("select count(*) from filled")).containsExactly("3");
    changelog.with("root.yaml", CHANGELOG + "  - changeSet: {id: 3, author: ann}\n");
    assertThat(plannedChangeSets()).isEqualTo(1);
  }

  private int plannedChangeSets() {
    return Objects.requireNonNull(sluice.run().report().plan()).changeSets();
  }

  /** With all classes that the sources, by the names of their first, hold. */
  private void jar(Map<String, String> sources) throws IOException {
    var folder = Files.createDirectory(scratch.resolve("team"));
    var arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    for (var source : sources.entrySet()) {
      var file = folder.resolve(source.getKey() + ".java");
      Files.writeString(file, source.getValue(), UTF_8);
      arguments.add(file.toString());
    }
    var compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(compiled).isZero();
    var lib = Files.createDirectory(changelog.root().resolve("lib"));
    try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("team.jar")));
        var classes = Files.newDirectoryStream(folder, "*.class")) {
      for (var file : classes) {
        jar.putNextEntry(new JarEntry("team/" + file.getFileName()));
        jar.write(Files.readAllBytes(file));
      }
    }
  }
}
