package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a changelog brings along, in jars. */
class OwnClassesIT {
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

  @TempDir Path root;
  @TempDir Path scratch;
  private TestDatabase database;
  private Sluice sluice;

  @BeforeEach
  void aChangelog() {
    database = TestServer.shared().database();
    sluice =
        new Sluice(database, new TestChangelog(root).with("root.yaml", CHANGELOG))
            .with("SLUICE_CHANGELOG", "root.yaml");
  }

  @Test
  void areFoundInTheJarsOfLib() throws IOException {
    jar();

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

  private void jar() throws IOException {
    var source = Files.createDirectory(scratch.resolve("team"));
    Files.writeString(source.resolve("Fill.java"), FILL, UTF_8);
    Files.writeString(source.resolve("Never.java"), NEVER, UTF_8);
    var compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.resolve("Fill.java").toString(),
                source.resolve("Never.java").toString());
    assertThat(compiled).isZero();
    var lib = Files.createDirectory(root.resolve("lib"));
    try (var jar = new JarOutputStream(Files.newOutputStream(lib.resolve("team.jar")))) {
      for (var name : new String[] {"team/Fill.class", "team/Never.class"}) {
        jar.putNextEntry(new JarEntry(name));
        jar.write(Files.readAllBytes(scratch.resolve(name)));
      }
    }
  }
}
