package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.PlanSummary;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastLinesTest {
  private static final Failure FAILED = Failure.of(Reason.CHANGE_SET_FAILED, "no such table");

  private static List<String> succeeded(List<String> applied, ChangeSetCounts counts) {
    return LastLines.of(Report.succeeded("1.0", applied, counts, List.of()));
  }

  private static List<String> failed(List<String> applied, Failure failure) {
    return LastLines.of(Report.failed("1.0", applied, null, failure));
  }

  @Test
  void sayWhatWasApplied() {
    assertThat(succeeded(List.of("a"), new ChangeSetCounts(1, 0, 0)))
        .containsExactly("applied 1 changeset: the changelog has 1 changeset, nothing is pending");
    assertThat(succeeded(List.of("a", "b"), new ChangeSetCounts(5, 1, 1)))
        .containsExactly(
            "applied 2 changesets: the changelog has 5 changesets, 1 of them passed over, nothing"
                + " is pending");
  }

  @Test
  void sayThatThereWasNothingToDo() {
    assertThat(succeeded(List.of(), new ChangeSetCounts(5, 0, 0)))
        .containsExactly("nothing to do: the changelog has 5 changesets");
  }

  @Test
  void warnOfAChangelogThatHasNothing() {
    assertThat(succeeded(List.of(), new ChangeSetCounts(0, 0, 0)))
        .containsExactly(
            "nothing to do: the changelog has 0 changesets",
            "WARNING the changelog has no changeset at all for these contexts and labels");
  }

  @Test
  void sayOfAFailureAllThatIsKnown() {
    var failure = FAILED.sqlState("42P01").in("a.sql::1::ann", "a.sql").hint("make it");
    assertThat(failed(List.of("x", "y"), failure))
        .containsExactly(
            "ChangeSetFailed: no such table (SQLSTATE 42P01)",
            "  changeset: a.sql::1::ann",
            "  hint: make it",
            "  applied before that, and kept: 2 changesets",
            "  exit 20: running it again won't help before something is changed");
  }

  @Test
  void sayOfAFailureNothingThatIsNotKnown() {
    assertThat(failed(List.of(), FAILED.sqlState("")))
        .containsExactly(
            "ChangeSetFailed: no such table",
            "  exit 20: running it again won't help before something is changed");
  }

  @Test
  void ofAPlanSayThatNothingWasChanged() {
    var waits = Failure.of(Reason.APPROVAL_REQUIRED, "2 changesets wait for approval");
    var planned =
        Report.planned("1.0", new ChangeSetCounts(2, 2, 0), new PlanSummary("d", 2), waits);
    assertThat(LastLines.of(planned)).last().isEqualTo("  exit 30: nothing was changed");
  }

  @ParameterizedTest
  @EnumSource(Exit.class)
  void haveTheCodeOfTheExitAndWhatItMeans(Exit exit) {
    assertThat(failed(List.of(), FAILED.exit(exit)))
        .last()
        .asString()
        .matches("  exit " + exit.code() + ": [a-z].{6,}");
  }
}
