package dev.sluice.migrations.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Ledger LEDGER = new Ledger("public", "databasechangelog");

  /** Runners of other versions must take the same lock. */
  @Test
  void theKeysOfItsLockAreTheSameInEveryVersion() {
    assertThat(LEDGER.lockProof("shop"))
        .isEqualTo(new LockProof(7009334882670814216L, -3606283861589953422L));
  }

  @Test
  void everyDatabaseAndSchemaHasKeysOfItsOwn() {
    var proofs =
        List.of(
            LEDGER.lockProof("shop"),
            LEDGER.lockProof("sales"),
            new Ledger("other", "databasechangelog").lockProof("shop"));
    assertThat(proofs.stream().flatMap(p -> Stream.of(p.lock(), p.transactions())))
        .doesNotHaveDuplicates();
  }

  /** They share the lock row of Liquibase. */
  @Test
  void twoLedgersOfASchemaHaveOneLock() {
    assertThat(new Ledger("public", "other").lockProof("shop")).isEqualTo(LEDGER.lockProof("shop"));
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
