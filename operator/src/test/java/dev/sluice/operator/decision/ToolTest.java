package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.Given.NOW;
import static dev.sluice.operator.decision.Given.goal;
import static dev.sluice.operator.decision.Given.seen;
import static dev.sluice.operator.decision.Given.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Run.Phase;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
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

    assertThat(Decider.decide(seen(goal(other, 2, false, null), applied(), NOW)))
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

    assertThat(Decider.decide(seen(goal(same, 2, false, null), before, NOW)))
        .isEqualTo(new Decision.Applied(false));
    assertThat(Decider.decide(seen(goal(other, 2, false, null), before, NOW)))
        .isInstanceOf(Start.class);
  }

  @Test
  void theSameCommandAndArgumentsAskForNone() {
    assertThat(Decider.decide(seen(goal(spec(TOOL), 2, false, null), applied(), NOW)))
        .isEqualTo(new Decision.Applied(false));
  }

  @Test
  void whatAToolSaysOfItselfIsNotVerified() {
    assertThat(ready(applied())).isEqualTo("AppliedUnverified True");
    assertThat(ready(applied(TOOL + "verify: {changelog: /sql}"))).isEqualTo("Applied True");
  }

  private static String ready(DatabaseMigrationStatus status) {
    return Conditions.find(status.conditions(), Conditions.READY)
        .map(ready -> ready.reason() + " " + ready.status())
        .orElse("");
  }

  @Test
  void aFolderThatCannotBeCopiedIsForAPerson() {
    var end = new End(1, "Error", null, Report.NONE, null, null, null, End.FOLDER);
    var evicted = new End(137, Reasons.EVICTED, null, Report.NONE, null, null, null, End.FOLDER);

    assertThat(Verdict.of(end))
        .isInstanceOfSatisfying(
            Verdict.Permanent.class,
            verdict -> assertThat(verdict.failure().message()).contains("spec.verify.changelog"));
    assertThat(Verdict.of(evicted)).isInstanceOf(Verdict.Transient.class);
  }

  @Test
  void theContainerThatFailedIsNamed() {
    var end = new End(137, "OOMKilled", null, Report.NONE, null, null, null, "verify");

    assertThat(Verdict.of(end))
        .isInstanceOfSatisfying(
            Verdict.Transient.class,
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

    assertThat(Goal.read(spec(told)))
        .isInstanceOfSatisfying(
            Goal.Asked.Unreadable.class,
            asked -> assertThat(asked.problem()).contains("HIDDEN of spec.pod.env"));
    assertThat(Goal.read(spec(kept))).isInstanceOf(Goal.Asked.Understood.class);
  }

  @Test
  void anExitCodeOfItsOwnMayPass() {
    assertThat(Verdict.of(Given.end(1, Report.NONE))).isInstanceOf(Verdict.Transient.class);
  }

  @Test
  void aCommandThatIsNotInTheImageIsForAPerson() {
    var end =
        new End(
            128,
            Reasons.COMMAND_NOT_FOUND,
            "no such file",
            Report.NONE,
            null,
            null,
            "x@sha256:a",
            null);

    assertThat(Verdict.of(end))
        .isInstanceOfSatisfying(
            Verdict.Permanent.class,
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
    Phase ended = Given.ended(0);
    var run = new Run("shop-1", "uid-1", 1, 1, 1, input, null, NOW, false, true, false, ended);
    return settle(seen(goal(spec), DatabaseMigrationStatus.EMPTY, NOW, run));
  }

  private static DatabaseMigrationSpec spec(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, DatabaseMigrationSpec.class);
  }
}
