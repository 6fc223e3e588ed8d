package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of other tools, which are run by spec.command and spec.args. */
final class ToolTest {
  private static final String TOOL =
      """
      image: registry.example/shop-flyway:1.42.0
      command: [flyway]
      args: [migrate]
      database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command: [flyway]",
        "command: [flyway, migrate]",
        "args: [migrate]",
        "command: [other]\nargs: [migrate]",
        "command: [flyway]\nargs: [migrate, -X]",
        "command: [flyway]\nargs: [migrate]\nverify: {changelog: /sql}"
      })
  void anotherCommandOrOtherArgumentsAskForARun(String words) {
    var other = spec(TOOL.replace("command: [flyway]\nargs: [migrate]", words));

    assertThat(
            Decider.decide(CurrentStatus.of(seen(desired(other, 2, false, null), applied(), NOW))))
        .isInstanceOf(Start.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{changelog: /other}",
        "{changelog: /sql, changelogFile: root.sql}",
        "{changelog: /sql, history: {schema: shop}}",
        "{changelog: /sql, history: {table: shop}}",
        "{changelog: /sql, contexts: prod}",
        "{changelog: /sql, labels: prod}"
      })
  void anotherComparisonAsksForARun(String verify) {
    var before = applied(TOOL + "verify: {changelog: /sql}");
    var same = spec(TOOL + "verify: {changelog: /sql}");
    var other = spec(TOOL + "verify: " + verify);

    assertThat(Decider.decide(CurrentStatus.of(seen(desired(same, 2, false, null), before, NOW))))
        .isEqualTo(new Decision.Applied(false));
    assertThat(Decider.decide(CurrentStatus.of(seen(desired(other, 2, false, null), before, NOW))))
        .isInstanceOf(Start.class);
  }

  @Test
  void theSameCommandAndArgumentsAskForNone() {
    assertThat(
            Decider.decide(
                CurrentStatus.of(seen(desired(spec(TOOL), 2, false, null), applied(), NOW))))
        .isEqualTo(new Decision.Applied(false));
  }

  @Test
  void whatAToolSaysOfItselfIsNotVerified() {
    assertThat(ready(applied())).isEqualTo("AppliedUnverified True");
    assertThat(ready(applied(TOOL + "verify: {changelog: /sql}"))).isEqualTo("Applied True");
  }

  private static String ready(DatabaseMigrationStatus status) {
    return Condition.find(status.conditions(), ConditionTypes.READY)
        .map(ready -> ready.reason() + " " + ready.status())
        .orElse("");
  }

  @Test
  void aFolderThatCannotBeCopiedIsForAPerson() {
    var end = DecisionFixture.end(1, "Error", ContainerRole.FOLDER, TerminationReport.NONE);
    var evicted =
        DecisionFixture.end(137, Reasons.EVICTED, ContainerRole.FOLDER, TerminationReport.NONE);

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Permanent.class,
            verdict -> assertThat(verdict.failure().message()).contains("spec.verify.changelog"));
    assertThat(RunVerdict.of(evicted)).isInstanceOf(RunVerdict.Transient.class);
  }

  @Test
  void theContainerThatFailedIsNamed() {
    var end = DecisionFixture.end(137, "OOMKilled", ContainerRole.VERIFY, TerminationReport.NONE);

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Transient.class,
            verdict ->
                assertThat(verdict.failure().message()).startsWith("the container verify used"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: HIDDEN, value: 'a$(PGPASSWORD)'}",
        "{name: MORE, value: $(PGPASSWORD)}, {name: HIDDEN, value: $(MORE)}",
        "{name: HIDDEN, valueFrom: {secretKeyRef: {name: shop-db, key: password}}}"
      })
  void aSecretGetsIntoNoArgumentByWayOfVariables(String env) {
    var told = TOOL.replace("[migrate]", "['-p=$(HIDDEN)']") + "pod: {env: [" + env + "]}\n";
    var kept = TOOL + "pod: {env: [" + env + "]}\n";

    assertThat(DesiredMigration.read(spec(told)))
        .isInstanceOfSatisfying(
            DesiredMigration.SpecReading.Unreadable.class,
            asked -> assertThat(asked.problem()).contains("HIDDEN of spec.pod.env"));
    assertThat(DesiredMigration.read(spec(kept)))
        .isInstanceOf(DesiredMigration.SpecReading.Understood.class);
  }

  @Test
  void anExitCodeOfItsOwnMayPass() {
    assertThat(RunVerdict.of(DecisionFixture.end(1, TerminationReport.NONE)))
        .isInstanceOf(RunVerdict.Transient.class);
  }

  @Test
  void aCommandThatIsNotInTheImageIsForAPerson() {
    var end =
        new RunEnd.Exited(
            128,
            ContainerRole.MIGRATE,
            EndCause.Known.COMMAND_NOT_FOUND,
            "no such file",
            TerminationReport.NONE,
            null,
            null,
            "x@sha256:a");

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Permanent.class,
            verdict -> {
              assertThat(verdict.failure().reason()).isEqualTo("CommandNotFound");
              assertThat(verdict.failure().message()).contains("spec.command", "no such file");
            });
  }

  private static DatabaseMigrationStatus applied() {
    return applied(TOOL);
  }

  private static DatabaseMigrationStatus applied(String yaml) {
    var spec = spec(yaml);
    var input = Input.of(spec).orElseThrow();
    Phase ended = DecisionFixture.ended(0);
    var run =
        new ObservedRun(
            "shop-1",
            "job-uid-1",
            "uid-1",
            1,
            1,
            1,
            input,
            null,
            null,
            List.of(),
            NOW,
            false,
            true,
            false,
            true,
            ended);
    return settle(seen(desired(spec), DatabaseMigrationStatus.EMPTY, NOW, run));
  }

  private static DatabaseMigrationSpec spec(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, DatabaseMigrationSpec.class);
  }
}
