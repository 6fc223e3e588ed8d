package dev.sluice.migrations.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.engine.Replay.AfterFailure;
import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure means, without a server. */
class ReplayGuideTest {
  private final ReplayGuide guide = guide(true);

  private static ReplayGuide guide(boolean forTarget) {
    return new ReplayGuide(
        new RehearsalObserver(ReplayObserver.NONE),
        new Prerequisites(new NoPlace(), List.of(), TargetObjects.unknown()),
        TargetObjects.unknown(),
        "new"::equals,
        forTarget);
  }

  private static Failure failure(String changeSet, String state, String message) {
    return Failure.of(Reason.CHANGE_SET_FAILED, message)
        .sqlState(state)
        .in(changeSet, changeSet + ".sql");
  }

  @ParameterizedTest
  @CsvSource({
    "42601,syntax error",
    "42P01,relation \"a\" does not exist",
    "23502,null value",
    "22012,division by zero",
    "P0001,raised"
  })
  void aPendingOneStopsIt(String state, String message) {
    var failed = failure("new", state, message);
    assertThat(guide.after(failed)).isEqualTo(AfterFailure.STOP);
    assertThat(guide.failure()).contains(failed);
    assertThat(guide.isPartial()).isFalse();
  }

  @Test
  void oneThatTheDatabaseHasStopsNothingAndNothingAfterIt() {
    assertThat(guide.after(failure("old", "42601", "syntax error"))).isEqualTo(AfterFailure.GO_ON);
    assertThat(guide.after(failure("new", "42601", "syntax error"))).isEqualTo(AfterFailure.GO_ON);
    assertThat(guide.passed()).hasSize(2);
    assertThat(guide.isPartial()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "42501,permission denied to create event trigger,'a right that a rehearsal'",
    "SLR01,S3 isn't read in a rehearsal,a stand-in",
    "0A000,extension \"postgis\" is not available,no extension postgis",
    "58P01,could not open extension control file \"/x/share/extension/vector.control\",no extension"
  })
  void whatARehearsalLacksIsNoVerdict(String state, String message, String why) {
    assertThat(guide.after(failure("new", state, message))).isEqualTo(AfterFailure.GO_ON);
    assertThat(guide.failure()).isEmpty();
    assertThat(guide.skipped()).singleElement().asString().startsWith("new: ").contains(why);
  }

  @Test
  void withoutADatabaseThatItIsForAnExtensionThatIsMissingIsAFailure() {
    var failed = failure("new", "0A000", "extension \"postgis\" is not available");
    assertThat(guide(false).after(failed)).isEqualTo(AfterFailure.STOP);
  }

  @ParameterizedTest
  @CsvSource({"08006", "57P02", "53100", "53200", "58030"})
  void theServersOwnTroubleIsNoFailureOfTheChangeSet(String state) {
    assertThat(guide.after(failure("new", state, "trouble"))).isEqualTo(AfterFailure.STOP);
    assertThat(guide.failure()).isEmpty();
    assertThat(guide.broken()).contains("new: trouble");
  }

  @Test
  void whatDependsOnWhatWasLeftOutIsNotJudged() {
    var sql = "create foreign table stock (id int) server s";
    assertThat(guide.sent(new ReplayStep("new", "new.sql", 1, 1, sql))).isBlank();
    assertThat(guide.after(failure("new", "42P01", "relation \"stock\" does not exist")))
        .isEqualTo(AfterFailure.GO_ON);
    assertThat(guide.after(failure("new", "42P01", "relation \"stuck\" does not exist")))
        .isEqualTo(AfterFailure.STOP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- sluice:no-rehearsal needs the warehouse|needs the warehouse",
        "--sluice:no-rehearsal it is slow|it is slow",
        "sluice:no-rehearsal of a comment|of a comment",
        "select 1; -- sluice:no-rehearsal not at the beginning of a line|",
        "-- sluice:no-rehearsals|"
      })
  void aWaiverHasItsReason(String text, String reason) {
    var leftOut = guide.leftOut("new", List.of("create table t ();", text));
    assertThat(leftOut.map(why -> why.replace("not rehearsed: ", "")).orElse(null))
        .isEqualTo(reason);
  }
}
