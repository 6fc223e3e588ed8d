package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the headers of formatted SQL ask for. */
class ChangelogSqlIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  @Test
  void splitsWhereItIsToldAndNeverRollsBack() {
    changelog.sql(
        """
        --changeset ann:function splitStatements:false
        create function one() returns int language plpgsql as $$ begin perform 1; return 1; end $$;
        --rollback drop function one;
        --changeset ann:delimiter endDelimiter:GO
        create table a (i int)
        GO
        insert into a select one()
        GO
        --rollback drop table a
        """);

    assertThat(sluice.run().exit()).isZero();

    assertThat(database.query("select i from a")).containsExactly("1");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void aFileThatMovedIsKnownByItsLogicalPath() {
    changelog.with(
        "root.sql",
        """
        --liquibase formatted sql logicalFilePath:first/place.sql
        --changeset ann:1
        create table a (i int);
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select filename from databasechangelog"))
        .containsExactly("first/place.sql");

    changelog.with(
        "moved/root.sql",
        """
        --liquibase formatted sql logicalFilePath:first/place.sql
        --changeset ann:1
        create table a (i int);
        --changeset ann:2
        create table b (i int);
        """);
    changelog.without("root.sql");
    var ran = sluice.with("SLUICE_CHANGELOG", "moved/root.sql").run();

    assertThat(ran.report().applied()).containsExactly("first/place.sql::2::ann");
  }

  @Test
  void runsOnlyTheLabelsItIsTold() {
    changelog.sql(
        """
        --changeset ann:shop labels:shop
        create table shop (i int);
        --changeset ann:billing labels:billing
        create table billing (i int);
        """);

    assertThat(sluice.with("SLUICE_LABELS", "shop and !billing").run().exit()).isZero();

    assertThat(database.has("shop")).isTrue();
    assertThat(database.has("billing")).isFalse();
  }
}
