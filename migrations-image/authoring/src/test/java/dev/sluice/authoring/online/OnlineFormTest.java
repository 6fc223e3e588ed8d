package dev.sluice.authoring.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.authoring.write.MigrationName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlineFormTest {
  @Test
  void anIndexOnATableThatIsThereIsBuiltConcurrentlyInAMigrationOfItsOwn() {
    assertThat(
            of(
                "CREATE INDEX i ON public.t USING btree (a)",
                "CREATE UNIQUE INDEX u ON public.t USING btree (b)"))
        .containsExactly(
            "add-index: CREATE INDEX CONCURRENTLY i ON public.t USING btree (a)",
            "add-index-2: CREATE UNIQUE INDEX CONCURRENTLY u ON public.t USING btree (b)");
  }

  @Test
  void whatIsOnANewTableIsPlain() {
    assertThat(
            of(
                "CREATE TABLE public.n (a int)",
                "CREATE INDEX i ON public.n USING btree (a)",
                "ALTER TABLE public.n ADD CONSTRAINT c CHECK (a > 0)"))
        .containsExactly(
            "add: CREATE TABLE public.n (a int)",
            "add: CREATE INDEX i ON public.n USING btree (a)",
            "add: ALTER TABLE public.n ADD CONSTRAINT c CHECK (a > 0)");
  }

  @Test
  void whatHasPartitionsIsPlain() {
    assertThat(of("CREATE INDEX i ON public.parts USING btree (a)"))
        .containsExactly("add: CREATE INDEX i ON public.parts USING btree (a)");
  }

  @Test
  void rulesHoldForNewRowsBeforeTheyAreProved() {
    assertThat(
            of(
                "ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0)",
                "ALTER TABLE ONLY public.t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES"
                    + " public.p(id)"))
        .containsExactly(
            "add: ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
            "add: ALTER TABLE ONLY public.t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES"
                + " public.p(id) NOT VALID",
            "add-validate: ALTER TABLE public.t VALIDATE CONSTRAINT c",
            "add-validate: ALTER TABLE public.t VALIDATE CONSTRAINT f");
  }

  @Test
  void notNullIsProvedByARule() {
    assertThat(of("ALTER TABLE public.t ALTER COLUMN a SET NOT NULL"))
        .containsExactly(
            "add: ALTER TABLE public.t ADD CONSTRAINT \"sluice_a_not_null\" CHECK (a IS NOT NULL)"
                + " NOT VALID",
            "add-validate: ALTER TABLE public.t VALIDATE CONSTRAINT \"sluice_a_not_null\"",
            "add-validate: ALTER TABLE public.t ALTER COLUMN a SET NOT NULL",
            "add-validate: ALTER TABLE public.t DROP CONSTRAINT \"sluice_a_not_null\"");
  }

  @Test
  void aKeyTakesAnIndexThatIsThere() {
    assertThat(of("ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE (a)"))
        .containsExactly(
            "add-index: CREATE UNIQUE INDEX CONCURRENTLY t_a_key ON public.t (a)",
            "add-constraints: ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE USING INDEX"
                + " t_a_key");
  }

  @Test
  void anIndexThatChangesIsThereUntilTheNewOneIs() {
    assertThat(of("DROP INDEX public.i", "CREATE INDEX i ON public.t USING btree (a, b)"))
        .containsExactly(
            "add-index: CREATE INDEX CONCURRENTLY \"i_new\" ON public.t USING btree (a, b)",
            "add-swap: DROP INDEX public.i",
            "add-swap: ALTER INDEX public.\"i_new\" RENAME TO i");
  }

  @Test
  void valuesOfEnumerationsComeFirst() {
    assertThat(
            of(
                "ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'x'",
                "ALTER TYPE public.s ADD VALUE 'x'"))
        .containsExactly(
            "add-values: ALTER TYPE public.s ADD VALUE 'x'",
            "add: ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'x'");
  }

  private static List<String> of(String... statements) {
    var catalog =
        new Catalog(
            Map.of("public", 1L),
            List.of(table("t", false), table("parts", true)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return OnlineForm.of(new MigrationName("add"), List.of(), List.of(statements), catalog).stream()
        .flatMap(made -> made.statements().stream().map(sql -> made.name().words() + ": " + sql))
        .toList();
  }

  private static Table table(String name, boolean partitioned) {
    return new Table(2, ObjectName.of("public", name), partitioned, false, List.of());
  }
}
