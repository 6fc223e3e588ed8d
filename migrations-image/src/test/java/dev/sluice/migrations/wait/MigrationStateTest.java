package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.text.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationStateTest {
  private static final String READY = "{'type': 'Ready', 'status': 'True', 'reason': 'Applied'}";

  /** Its spec asks for 3; its database has 2 and 1, and another had 9. */
  private static Optional<String> lacks(String revision, long generation, String conditions)
      throws Json.BadException {
    return lacks(
        revision,
        """
        {'metadata': {'generation': %d},
         'status': {'observedGeneration': 3, 'revision': '3', 'target': 'here',
          'appliedRevisions': [{'revision': '2', 'target': 'here'}, {'revision': '1', 'target': 'here'},
                               {'revision': '9', 'target': 'elsewhere'}, {'revision': '8'}],
          'conditions': [%s]}}
        """
            .formatted(generation, conditions));
  }

  private static Optional<String> lacks(String revision, String json) throws Json.BadException {
    return MigrationState.of(JsonFields.parse(json.replace('\'', '"'))).lacks(revision);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1"})
  void whatWasAppliedHereIsThere(String revision) throws Json.BadException {
    assertThat(lacks(revision, 3, READY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "8"})
  void whatWasAppliedElsewhereIsNot(String revision) throws Json.BadException {
    assertThat(lacks(revision, 3, READY))
        .contains(
            "not among its applied revisions, and its spec says revision 3; correct one of them,"
                + " or ask the database by sluice.dev/retry on it");
  }

  @Test
  void aStatusOfAnOlderSpecSaysNothing() throws Json.BadException {
    assertThat(lacks("2", 4, READY)).contains("the operator hasn't looked at its spec yet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'metadata': {'generation': 1}}",
        "{'metadata': {'generation': 1}, 'status': {'observedGeneration': -1}}",
        "{'metadata': [], 'status': 5}",
        "{}"
      })
  void aStatusThatIsNotThereSaysNothing(String json) throws Json.BadException {
    assertThat(lacks("2", json)).contains("the operator hasn't looked at its spec yet");
  }

  @Test
  void withoutATargetNothingIsThere() throws Json.BadException {
    var unreadable =
        """
        {'metadata': {'generation': 1},
         'status': {'observedGeneration': 1, 'revision': '2', 'appliedRevisions': [{'revision': '2'}],
          'conditions': [{'type': 'Stalled', 'reason': 'SpecUnreadable', 'message': 'no image'}]}}
        """;
    assertThat(lacks("2", unreadable))
        .contains("it has stalled and must be mended: SpecUnreadable: no image");
  }

  @Test
  void readyIsNotAsked() throws Json.BadException {
    assertThat(lacks("3", 3, READY)).contains("not applied yet (Applied)");
    assertThat(lacks("2", 3, "{'type': 'Stalled', 'reason': 'ChangeSetFailed'}")).isEmpty();
  }

  @Test
  void saysThatItHasStalledOrIsSuspended() throws Json.BadException {
    var stalled = "{'type': 'Stalled', 'reason': 'ChangeSetFailed', 'message': 'no such table'}";
    assertThat(lacks("3", 3, READY + ", " + stalled))
        .contains("it has stalled and must be mended: ChangeSetFailed: no such table");
    assertThat(lacks("3", 3, "{'type': 'Ready', 'reason': 'Suspended'}"))
        .contains("it is suspended: set spec.suspend to false");
  }
}
