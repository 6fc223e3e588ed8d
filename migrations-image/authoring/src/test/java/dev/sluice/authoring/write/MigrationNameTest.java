package dev.sluice.authoring.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"Backfill", "a_b", "a b", "-a", "a-", "a--b", "", "../a", "a.sql", "ä"})
  void isInKebabCase(String words) {
    assertThat(MigrationName.of(words)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BackfillEmails, backfill-emails",
    "backfill_emails, backfill-emails",
    "' Back fill: e-mails! ', back-fill-e-mails"
  })
  void theNearestIsProposed(String words, String near) {
    assertThat(MigrationName.near(words)).contains(new MigrationName(near));
  }

  @Test
  void nothingIsNearNothing() {
    assertThat(MigrationName.near("äöü")).isEmpty();
  }

  @Test
  void oneAtRandomIsOfTwoWords() {
    var random = new Random(7);
    for (var i = 0; i < 500; i++) {
      assertThat(RandomName.of(random).words()).matches("[a-z]+-[a-z]+");
    }
  }
}
