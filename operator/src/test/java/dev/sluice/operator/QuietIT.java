package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A restart beside many that are Ready; figures are the bench's. */
final class QuietIT {
  private static final int MANY = 200;
  private static final Pattern OLD = Pattern.compile("ready[0-9]");

  @Test
  void aStartBesideReadyObjectsWritesNothing() {
    try (var stage = new TestNamespace()) {
      try (var operator = stage.operator()) {
        assertThat(operator.port()).isPositive();
        for (var i = 0; i < MANY; i++) {
          stage.apply(manifest("ready" + i, "a/shop:1"));
        }
        TestNamespace.await().until(() -> stage.jobs().size() == MANY);
        stage.jobs().forEach(job -> new SimulatedJob(stage.person, job).works().ends(0));
        TestNamespace.await().until(() -> migrations(stage).stream().allMatch(QuietIT::settled));
        TestNamespace.await()
            .until(() ->
                stage.jobs().stream()
                    .noneMatch(job -> job.getMetadata().getOwnerReferences().isEmpty()));
      }
      var written = new WriteRecorder();
      try (var operator = stage.operator("another", written)) {
        assertThat(operator.port()).isPositive();
        // comes after all that were there at the start
        stage.apply(manifest("last", "a/shop:1"));
        TestNamespace.await().until(() -> stage.jobs().size() == MANY + 1);

        assertThat(written.all()).isNotEmpty().noneMatch(OLD.asPredicate());
      }
    }
  }

  private static List<DatabaseMigration> migrations(TestNamespace stage) {
    return stage
        .person
        .resources(DatabaseMigration.class)
        .inNamespace(stage.namespace)
        .list()
        .getItems();
  }

  private static boolean settled(DatabaseMigration migration) {
    return migration.getStatus() != null
        && TestNamespace.trueConditions(migration.getStatus()).equals(List.of("Ready"))
        && migration.getMetadata().getFinalizers().isEmpty();
  }
}
