package dev.sluice.authoring.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.authoring.generate.ScratchFixture.Wish;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.report.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerationIT {
  private static final String BEFORE =
      "create table customers (id serial primary key, email text not null);";
  private static final String AFTER =
      """
      create table customers (id serial primary key, email text not null, tier text default 'free');
      create index customers_tier on customers (tier);
      """;

  private static @Nullable ScratchFixture fixture;

  @TempDir private Path root = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(ScratchFixture.isPossible(), "only a build on Linux makes target/postgres");
    fixture = new ScratchFixture();
  }

  @AfterAll
  static void end() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void writesIntoEachLayoutAndThenThereIsNothingToDo(Layout layout) throws Exception {
    ScratchFixture.put(root, layout, BEFORE);
    var made = made(Wish.of(root, AFTER).in(layout));
    assertThat(made.migrations())
        .containsExactlyElementsOf(
            switch (layout) {
              case DRIZZLE_JOURNAL -> List.of("0001_change", "0002_change-index");
              case DRIZZLE_FOLDERS ->
                  List.of("20260301102030_change", "20260301102031_change_index");
              case FLYWAY -> List.of("V2__change", "V3__change_index");
            });
    var wanted = fixture().dumpOfWanted();
    assertThat(fixture().dumpOfFolder(root)).isEqualTo(wanted);
    assertThat(fixture().generated(Wish.of(root, AFTER))).isInstanceOf(Generated.NoChange.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"DRIZZLE_JOURNAL", "FLYWAY"})
  void makesAFolderThatIsNotThere(Layout layout) throws Exception {
    made(Wish.of(root, AFTER).in(layout));
    assertThat(root.resolve("db/sluice.sum")).exists();
    var wanted = fixture().dumpOfWanted();
    assertThat(fixture().dumpOfFolder(root)).isEqualTo(wanted);
  }

  @Test
  void changesAreSaidInWords() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    assertThat(made(Wish.of(root, AFTER)).changes())
        .containsExactly(
            "add index customers.customers_tier",
            "add column customers.tier text default 'free'::text");
  }

  @Test
  void thePlainFormIsOneMigration() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    assertThat(made(Wish.of(root, AFTER).plainly()).migrations()).containsExactly("V2__change");
    assertThat(Files.readString(root.resolve("db/V2__change.sql")))
        .isEqualTo(
            """
            ALTER TABLE public.customers ADD COLUMN tier text DEFAULT 'free'::text;

            CREATE INDEX customers_tier ON public.customers USING btree (tier);
            """);
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    var made = made(Wish.of(root, AFTER).dry());
    assertThat(made.written()).isFalse();
    assertThat(made.sql()).hasSize(2);
    assertThat(names()).containsExactly("V1__init.sql");
  }

  @Test
  void anErrorOfTheWantedSchemaComesWithItsLine() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    var failed = failed(Wish.of(root, "create table a (b int);\n\ncreate table c (d nothing);\n"));
    assertThat(failed.exit()).isEqualTo(Exit.PERMANENT);
    assertThat(failed.message())
        .isEqualTo(
            "the wanted schema fails: schema.sql:3: type \"nothing\" does not exist (SQLSTATE"
                + " 42704)");
  }

  @Test
  void anErrorOfTheMigrationsComesWithItsFile() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, "create table a (b nothing);");
    assertThat(failed(Wish.of(root, AFTER)).message())
        .contains("the migrations that are there don't run: db/V1__init.sql:1:");
  }

  @Test
  void aFolderThatItsReaderRefusesIsRefused() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    Files.writeString(root.resolve("db/V1__again.sql"), "select 1");
    var failed = failed(Wish.of(root, AFTER));
    assertThat(failed.exit()).isEqualTo(Exit.CONFIGURATION);
    assertThat(failed.message()).contains("V1__");
  }

  @Test
  void aHintInTheSchemaSettlesARename() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    var schema =
        """
        create table customers (
          id serial primary key,
          mail text not null -- sluice:renamed from=email
        );
        """;
    assertThat(made(Wish.of(root, schema)).changes())
        .contains("rename column customers.email to mail");
    assertThat(fixture().generated(Wish.of(root, schema))).isInstanceOf(Generated.NoChange.class);
  }

  @Test
  void aRenameOfWhatIsNotThereIsAMistake() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    var failed = failed(Wish.of(root, AFTER).renamed(List.of("customers.emial=mail")));
    assertThat(failed.exit()).isEqualTo(Exit.CONFIGURATION);
    assertThat(failed.details()).containsExactly("customers.emial=mail");
  }

  @Test
  void whatTheEngineDoesNotSeeIsNamed() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE);
    var generated =
        fixture()
            .generated(
                Wish.of(
                    root,
                    BEFORE
                        + """
                        alter table customers replica identity full;
                        create publication p for table customers;
                        alter default privileges grant select on tables to public;
                        """));
    assertThat(generated).isInstanceOf(Generated.NoChange.class);
    assertThat(((Generated.NoChange) generated).remarks())
        .containsExactly(
            "not generated, but wanted: default privileges: r"
                + " {=r/postgres,postgres=arwdDxtm/postgres}",
            "not generated, but wanted: publication p: public.customers",
            "not generated, but wanted: replica identity of customers: full");
  }

  /** Most tools that print a schema say nothing of rights. */
  @Test
  void rightsStayWhereTheWantedSchemaHasNone() throws Exception {
    ScratchFixture.put(root, Layout.FLYWAY, BEFORE + "grant select on customers to public;");
    assertThat(fixture().generated(Wish.of(root, BEFORE))).isInstanceOf(Generated.NoChange.class);
  }

  private Generated.Migrations made(Wish wish) {
    var generated = fixture().generated(wish);
    assertThat(generated).isInstanceOf(Generated.Migrations.class);
    return (Generated.Migrations) generated;
  }

  private Generated.Failed failed(Wish wish) throws IOException {
    var before = names();
    var generated = fixture().generated(wish);
    assertThat(generated).isInstanceOf(Generated.Failed.class);
    assertThat(names()).isEqualTo(before);
    return (Generated.Failed) generated;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("db"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ScratchFixture fixture() {
    return Objects.requireNonNull(fixture);
  }
}
