package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two branches that took the same number. */
class RenumberIT {
  @TempDir private Path root = Path.of("");
  private GitFixture git = new GitFixture(Path.of(""), Sluice.withServers());

  @BeforeEach
  void repository() throws IOException {
    git = GitFixture.in(root);
  }

  /** Main has {@code theirs}, this branch {@code mine}, both after one. */
  private void flyway(String mine, String theirs) throws IOException {
    git.file("V1__init.sql", "create table users (id int)").commit("init");
    git.git("checkout", "-q", "-b", "feature");
    git.file("V2__mine.sql", mine).commit("mine");
    git.git("checkout", "-q", "main");
    git.file("V2__theirs.sql", theirs).commit("theirs");
    git.git("checkout", "-q", "feature");
  }

  @Test
  void flywaysMigrationComesAfterTheirs() throws Exception {
    flyway("alter table users add mine int", "alter table users add theirs int");
    var found = git.run("validate", "--since-git", "main");
    assertThat(found.exit()).as(found.all()).isEqualTo(40);
    assertThat(found.out())
        .contains(
            "db/V2__mine.sql: has the number of V2__theirs on main",
            "sluice renumber --since-git main",
            "commute: either order makes the same schema");

    var ran = git.run("renumber", "--since-git", "main");
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(ran.out())
        .contains("V2__mine is now V3__mine", "db/V3__mine.sql", "deleted: db/V2__mine.sql");
    assertThat(git.files()).containsExactly("V1__init.sql", "V2__theirs.sql", "V3__mine.sql");
    assertThat(git.text("sluice.sum")).contains("V3__mine.sql").doesNotContain("V2__mine.sql");
    assertThat(git.run("validate", "--since-git", "main").exit()).isZero();
    assertThat(git.run("renumber", "--since-git", "main").out()).contains("comes after all");
    git.commit("renumbered");
    // both sides have other lines at the end of it
    assertThat(git.ended(new StringBuilder(), "merge", "main")).isEqualTo(1);
    assertThat(git.text("sluice.sum")).contains("<<<<<<<");
    assertThat(git.run("renumber", "--since-git", "main").exit()).isZero();
    assertThat(git.run("validate", "--since-git", "main").exit()).isZero();
    assertThat(git.files()).hasSize(3);
  }

  /** With the settings of its script, in its folder. */
  @Test
  void whatGoesWithAMigrationOfFlywaysGoesAlong() throws Exception {
    git.file("V1__init.sql", "create table users (id int)").commit("init");
    git.git("checkout", "-q", "-b", "feature");
    git.file("2026/V2__mine.sql", "create index concurrently on users (id)")
        .file("2026/V2__mine.sql.conf", "executeInTransaction=false")
        .file("2026/V3__more.sql", "select 1")
        .file("R__views.sql", "select 1")
        .commit("mine");
    git.git("checkout", "-q", "main");
    git.file("V2.1__theirs.sql", "select 1").file("V5__more.sql", "select 1").commit("theirs");
    git.git("checkout", "-q", "feature");
    assertThat(git.run("renumber", "--since-git", "main").exit()).isZero();
    assertThat(git.files())
        .containsExactly(
            "2026/V6__mine.sql",
            "2026/V6__mine.sql.conf",
            "2026/V7__more.sql",
            "R__views.sql",
            "V1__init.sql",
            "V2.1__theirs.sql",
            "V5__more.sql");
    var rehearsed = git.run("rehearse");
    assertThat(rehearsed.exit()).as(rehearsed.all()).isZero();
  }

  @Test
  void whatDoesNotCommuteIsSaid() throws Exception {
    flyway(
        "create or replace function f() returns int language sql as 'select 1'",
        "create or replace function f() returns int language sql as 'select 2'");
    assertThat(git.run("validate", "--since-git", "main").out())
        .contains(
            "what is new here (V2__mine) and on main (V2__theirs) don't commute",
            "changes function public.f()");
  }

  @Test
  void whatFailsAfterTheirsIsAnError() throws Exception {
    flyway("alter table users add age int", "drop table users");
    git.run("renumber", "--since-git", "main");
    git.git("checkout", "-q", "--", ".");
    git.git("clean", "-fdq");
    var ran = git.run("validate", "--since-git", "main", "--output", "json");
    assertThat(ran.out())
        .contains("after those of main the migrations here fail", "relation \\\"users\\\"");
  }

  @Test
  void whatFailsBeforeTheirsIsAWarning() throws Exception {
    flyway("drop table users", "alter table users add age int");
    assertThat(git.run("validate", "--since-git", "main").out())
        .contains("WARNING", "a database that has those here already can't get the others");
  }

  @Test
  void whatMainHasIsNeitherEditedNorDeleted() throws Exception {
    git.file("V1__init.sql", "create table users (id int)")
        .file("V2__two.sql", "select 2")
        .commit("init");
    git.git("checkout", "-q", "-b", "feature");
    git.file("V1__init.sql", "create table users (id bigint)").file("V3__mine.sql", "select 3");
    Files.delete(root.resolve("db/V2__two.sql"));
    git.commit("bad");
    var found = git.run("validate", "--since-git", "main");
    assertThat(found.exit()).isEqualTo(40);
    assertThat(found.out())
        .contains(
            "db/V1__init.sql: was edited here, and main has it as it was",
            "db/V2__two.sql: was deleted here, and main has it");
    var before = git.files();
    var ran = git.run("renumber", "--since-git", "main");
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.err()).contains("V1__init.sql: was edited here");
    assertThat(git.files()).isEqualTo(before);
  }

  @Test
  void aRefThatIsNoneIsNamed() throws Exception {
    git.file("V1__init.sql", "select 1").commit("init");
    assertThat(git.run("renumber", "--since-git", "origin/main").err())
        .contains("git knows no commit origin/main", "git fetch");
    assertThat(git.run("renumber", "--since-git", "x --output=y").err())
        .contains("git knows no commit x --output=y");
  }

  /** Both put a column on one table: drizzle-kit then sees one line, and no difference. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theRealDrizzleKitSeesOneLine(int version) throws Exception {
    var kit = twoBranches(version);
    assertThat(git.run("validate", "--since-git", "main").out()).contains("commute: either order");
    var ran = git.run("renumber", "--since-git", "main");
    assertThat(ran.exit()).as(ran.all()).isZero();
    seesOneLine(kit);
  }

  /** Its journal, snapshot and sluice.sum have both sides in them. */
  @ParameterizedTest
  @ValueSource(strings = {"merge", "rebase"})
  void inTheMiddleOfAMergeTheFilesThatAreOpenArePutRight(String how) throws Exception {
    var kit = twoBranches(0);
    assertThat(git.ended(new StringBuilder(), how, "main")).isEqualTo(1);
    assertThat(git.text("meta/_journal.json")).contains("<<<<<<<");
    var ran = git.run("renumber", "--since-git", "main");
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(git.text("meta/_journal.json")).doesNotContain("<<<<<<<");
    assertThat(git.run("renumber", "--since-git", "main").out()).contains("comes after all");
    seesOneLine(kit);
    git.git("add", "-A");
    if (how.equals("merge")) {
      git.git("commit", "-q", "-m", "merged");
    } else {
      git.git("rebase", "--continue");
    }
    assertThat(git.run("validate", "--since-git", "main").exit()).isZero();
  }

  /** What both changed can't be one. */
  @Test
  void snapshotsThatBothChangedInOnePlaceAreRefused() throws Exception {
    var kit = kit(0);
    kit.schema("id: integer().primaryKey(), age: integer()").run("generate", "--name", "init");
    git.commit("init");
    git.git("checkout", "-q", "-b", "feature");
    kit.schema("id: integer().primaryKey(), age: integer().notNull()")
        .run("generate", "--name", "mine");
    git.commit("mine");
    git.git("checkout", "-q", "main");
    kit.schema("id: integer().primaryKey(), age: text()").run("generate", "--name", "theirs");
    git.commit("theirs");
    git.git("checkout", "-q", "feature");
    var before = git.files();
    var ran = git.run("renumber", "--since-git", "main");
    // one made it another type, one NOT NULL: these are two places
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(git.text("meta/0002_snapshot.json"))
        .contains("\"type\": \"text\"", "\"notNull\": true");
    assertThat(git.files()).hasSize(before.size() + 2);

    git.git("checkout", "-q", ".");
    git.git("clean", "-fdq", "db");
    kit.schema("id: integer().primaryKey(), age: integer().default(7)")
        .run("generate", "--name", "more");
    git.commit("more");
    git.git("checkout", "-q", "main");
    kit.schema("id: integer().primaryKey(), age: text().default('x')")
        .run("generate", "--name", "more_theirs");
    git.commit("more_theirs");
    git.git("checkout", "-q", "feature");
    var refused = git.run("renumber", "--since-git", "main");
    assertThat(refused.exit()).as(refused.all()).isEqualTo(40);
    assertThat(refused.err())
        .contains("both change tables > public.users > columns > age > default");
    assertThat(git.git("status", "--short")).isEmpty();
  }

  private RealDrizzleKit kit(int version) throws IOException {
    var kit = RealDrizzleKit.project(version, root);
    var config = root.resolve("drizzle.config.ts");
    Files.writeString(config, Files.readString(config).replace("./drizzle", "./db"));
    Files.writeString(root.resolve(".gitignore"), "node_modules\nschema.ts\n");
    return kit;
  }

  private RealDrizzleKit twoBranches(int version) throws Exception {
    var kit = kit(version);
    kit.schema("id: integer().primaryKey(), email: text()").run("generate", "--name", "init");
    git.commit("init");
    git.git("checkout", "-q", "-b", "feature");
    Thread.sleep(1_100);
    kit.schema("id: integer().primaryKey(), email: text(), mine: text()")
        .run("generate", "--name", "mine");
    git.commit("mine");
    git.git("checkout", "-q", "main");
    Thread.sleep(1_100);
    kit.schema("id: integer().primaryKey(), email: text(), theirs: text()")
        .run("generate", "--name", "theirs");
    git.commit("theirs");
    git.git("checkout", "-q", "feature");
    return kit;
  }

  private void seesOneLine(RealDrizzleKit kit) {
    kit.schema("id: integer().primaryKey(), email: text(), theirs: text(), mine: text()");
    assertThat(kit.run("generate", "--name", "nothing")).contains("No schema changes");
    assertThat(kit.run("check").replace("\n", " ")).contains("verything's fine");
    var rehearsed = git.run("rehearse");
    assertThat(rehearsed.exit()).as(rehearsed.all()).isZero();
    assertThat(rehearsed.out()).containsPattern("2/3] \\S*theirs").containsPattern("3/3] \\S*mine");
  }
}
