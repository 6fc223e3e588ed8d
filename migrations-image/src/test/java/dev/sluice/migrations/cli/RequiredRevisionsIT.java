package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which of the revisions that are asked for the database has. */
class RequiredRevisionsIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();

  @SuppressWarnings("unused") // the runner reads it
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);

  private final TestRunner sluice = fixture.runner();

  @Test
  void eachIsAnswered() {
    sluice.run();
    var ran =
        sluice.with("SLUICE_REVISION", "1.1").with("SLUICE_REQUIRED_REVISIONS", "0.9,1.0,1.1");

    assertThat(ran.run().report().required()).containsExactly(false, true, true);
  }

  @Test
  void withoutAListThereIsNoAnswer() {
    assertThat(sluice.run().report().required()).isEmpty();
  }

  /** Such a table says nothing of what was applied before either. */
  @Test
  void whoeverMayNotEnterItsOwnRevisionDoesNotKnow() {
    sluice.run();
    database.execute("delete from sluice_revision");
    database.execute("create rule r as on insert to sluice_revision do instead nothing");

    var ran = sluice.with("SLUICE_REQUIRED_REVISIONS", "0.9");
    assertThat(ran.run().report().required()).isEmpty();
  }
}
