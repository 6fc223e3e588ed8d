package dev.sluice.migrations.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.cli.TestRunner;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What must be true after a fault, whatever it was.
 *
 * <ol>
 *   <li>the lock is free within 30 s
 *   <li>the next run is green, or names the one changeset that was cut off and that no transaction
 *       held; when a person has undone that and done as the hint says, the next one is green
 *   <li>every changeset is there once, in the ledger and in the tool's own history alike
 * </ol>
 */
final class Aftermath {
  private static final Pattern COMMANDS =
      Pattern.compile("drop index concurrently [^;]+|delete from [^;]+ file = '[^']+'");

  private final Trial trial;
  private final TestDatabase database;

  Aftermath(Trial trial) {
    this.trial = trial;
    this.database = trial.database();
  }

  void holds() {
    lockIsFree();
    nextRunIsGreenOrNamesWhatWasCutOff();
    everythingIsThereOnce();
  }

  /** As the server does by itself when it is sure that a runner is gone. */
  void sessionsAreEnded() {
    database.query(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'sluice%'
        """);
    lockIsFree();
  }

  /** No session of a runner is left, so that nothing can be committed late either. */
  void lockIsFree() {
    await()
        .pollDelay(ofMillis(0))
        .pollInterval(ofMillis(20))
        .atMost(ofSeconds(30))
        .untilAsserted(() ->
            assertThat(
                    database.query(
                        """
                        select application_name || ': ' || query from pg_stat_activity
                         where datname = current_database() and application_name like 'sluice%'
                        """))
                .isEmpty());
  }

  void nextRunIsGreenOrNamesWhatWasCutOff() {
    var ran = trial.sluice().run();
    if (ran.exit() != 0) {
      undo(ran);
      ran = trial.sluice().run();
    }
    assertThat(ran.exit()).as(ran.output()).isZero();
  }

  private void undo(TestRunner.Ran ran) {
    assertThat(ran.exit()).as(ran.output()).isEqualTo(20);
    var named = Objects.requireNonNull(ran.failure().changeSet(), ran.output());
    var step =
        Step.ALL.stream()
            .filter(candidate -> !candidate.transactional())
            .filter(candidate -> trial.shape().changeSet(candidate.name()).equals(named))
            .findFirst()
            .orElseThrow(() -> new AssertionError("holds a transaction: " + ran.output()));
    step.undo().forEach(database::execute);
    var hint = ran.failure().hint();
    if (hint != null) {
      COMMANDS.matcher(hint).results().forEach(command -> execute(command.group()));
    }
  }

  /** The index may be gone already, by the undoing. */
  private void execute(String command) {
    database.execute(command.replace("concurrently ", "concurrently if exists "));
  }

  void everythingIsThereOnce() {
    var names = Step.ALL.stream().map(step -> trial.shape().changeSet(step.name())).toList();
    assertThat(database.query("select name from counted order by name")).isEqualTo(Step.counting());
    assertThat(database.query(trial.shape().namesInLedger() + " order by orderexecuted"))
        .isEqualTo(names);
    if (trial.shape() == Shape.DRIZZLE) {
      assertThat(database.query("select created_at from drizzle.__drizzle_migrations order by id"))
          .isEqualTo(whens());
      assertThat(database.query("select file from sluice_unfinished")).isEmpty();
    }
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
    assertThat(database.query("select indexrelid::regclass from pg_index where not indisvalid"))
        .isEmpty();
    assertThat(trial.sluice().run().report().outcome().label()).isEqualTo("NothingPending");
  }

  /** As the journal has them. */
  private static List<String> whens() {
    return IntStream.range(0, Step.ALL.size())
        .mapToObj(i -> String.valueOf(1_700_000_000_000L + 1000L * i))
        .toList();
  }
}
