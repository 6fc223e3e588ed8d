package dev.sluice.migrations.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Ledger LEDGER = new Ledger("public", "databasechangelog");

  /** Runners of other versions must take the same lock. */
  @Test
  void theKeyOfItsLockIsTheSameInEveryVersion() {
    assertThat(LEDGER.key("shop")).isEqualTo(35276644057820611L);
  }

  @Test
  void everyDatabaseSchemaAndTableHasAKeyOfItsOwn() {
    assertThat(
            List.of(
                LEDGER.key("shop"),
                LEDGER.key("sales"),
                new Ledger("other", "databasechangelog").key("shop"),
                new Ledger("public", "other").key("shop"),
                new Ledger("publi", "cdatabasechangelog").key("shop")))
        .doesNotHaveDuplicates();
  }

  @Test
  void itsTablesAreInItsSchemaWhateverThatIsCalled() {
    var odd = new Ledger("a\"b", "c\"d");
    assertThat(odd.ledger()).isEqualTo("\"a\"\"b\".\"c\"\"d\"");
    assertThat(odd.lock()).isEqualTo("\"a\"\"b\".databasechangeloglock");
    assertThat(odd.revisions()).isEqualTo("\"a\"\"b\".sluice_revision");
    assertThat(odd.unfinished()).isEqualTo("\"a\"\"b\".sluice_unfinished");
  }
}
