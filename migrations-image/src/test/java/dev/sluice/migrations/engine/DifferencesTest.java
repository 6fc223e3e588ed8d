package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static Failure failure(List<String> missing, List<String> failed, List<String> edited) {
    return new Differences("history", 20, missing, failed, edited).failure().orElseThrow();
  }

  @Test
  void noneAreNoFailure() {
    assertThat(new Differences("history", 2, List.of(), List.of(), List.of()).failure()).isEmpty();
  }

  @Test
  void allOfThemAreSaidInOneSentence() {
    var failure = failure(List.of("1.sql", "2.sql"), List.of("3.sql"), List.of("4.sql"));
    assertThat(failure.reason()).isEqualTo(Reason.LEDGER_DIFFERS);
    assertThat(failure.message())
        .isEqualTo("isn't in history: 1.sql, 2.sql; failed: 3.sql; isn't what was applied: 4.sql");
  }

  @Test
  void theFirstFileIsNamedAsAFile() {
    var failure = failure(List.of(), List.of("db/3.sql"), List.of("db/4.sql"));
    assertThat(failure.file()).isEqualTo("db/3.sql");
    assertThat(failure.changeSet()).isNull();
  }

  @Test
  void theFirstChangesetIsNamedWithItsFile() {
    var failure = failure(List.of(), List.of(), List.of("db/a.sql::1::ann"));
    assertThat(failure.file()).isEqualTo("db/a.sql");
    assertThat(failure.changeSet()).isEqualTo("db/a.sql::1::ann");
  }

  @Test
  void noMoreThanTenOfAKindAreNamed() {
    var twelve = IntStream.rangeClosed(1, 12).mapToObj(i -> i + ".sql").toList();
    assertThat(failure(twelve, List.of(), List.of()).message())
        .endsWith("9.sql, 10.sql and 2 more")
        .doesNotContain("11.sql");
    assertThat(failure(twelve.subList(0, 10), List.of(), List.of()).message()).endsWith("10.sql");
  }
}
