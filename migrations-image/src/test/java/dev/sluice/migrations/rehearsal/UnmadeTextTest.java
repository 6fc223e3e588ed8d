package dev.sluice.migrations.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.engine.ReplayStep;
import org.junit.jupiter.api.Test;

class UnmadeTextTest {
  private final UnmadeText unmade = new UnmadeText();

  @Test
  void hasWhatALeftOutStatementWouldHaveMade() {
    unmade.add("CREATE FOREIGN TABLE Warehouse.Stock (id int) SERVER s");
    assertThat(unmade.mentions("relation \"warehouse.stock\" does not exist")).isTrue();
    assertThat(unmade.mentions("relation \"stock\" does not exist")).isTrue();
    assertThat(unmade.mentions("relation \"stocks\" does not exist")).isFalse();
    assertThat(unmade.mentions("function warehouse.stock(integer) does not exist")).isTrue();
    assertThat(unmade.mentions("syntax error at or near \"stock\"")).isTrue();
    assertThat(unmade.mentions("division by zero")).isFalse();
  }

  @Test
  void hasOnlyTheChangeSetThatWasGivenUp() {
    unmade.sent(new ReplayStep("one", "one.sql", 1, 1, "create table one ()"), true);
    unmade.sent(new ReplayStep("two", "two.sql", 1, 1, "create table two ();"), true);
    unmade.sent(new ReplayStep("two", "two.sql", 2, 1, "create table three ();"), true);
    unmade.keep();
    assertThat(unmade.mentions("relation \"one\" does not exist")).isFalse();
    assertThat(unmade.mentions("relation \"two\" does not exist")).isTrue();
    assertThat(unmade.mentions("relation \"three\" does not exist")).isTrue();
  }

  @Test
  void knowsWhatAPendingStepBeforeTakesAway() {
    unmade.sent(new ReplayStep("one", "one.sql", 1, 1, "drop table if exists old_orders"), true);
    assertThat(unmade.isTakenAway("relation \"old_orders\" does not exist")).isFalse();
    unmade.sent(new ReplayStep("two", "two.sql", 1, 1, "select 1 from old_orders"), true);
    assertThat(unmade.isTakenAway("relation \"old_orders\" does not exist")).isTrue();
    assertThat(unmade.isTakenAway("relation \"orders\" does not exist")).isFalse();
  }
}
