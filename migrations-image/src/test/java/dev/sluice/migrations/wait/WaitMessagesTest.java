package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.text.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitMessagesTest {
  private static Optional<String> lacks(@Nullable ApiAnswer answer) {
    return WaitMessages.lacks(new RequiredRevision("shop", "2"), answer, "apps");
  }

  private static ApiAnswer found(String json) throws Json.BadException {
    return new ApiAnswer.Found(JsonFields.parse(json.replace('\'', '"')));
  }

  @Test
  void nothingIsMissingOnceTheRevisionIsApplied() throws Json.BadException {
    assertThat(
            lacks(
                found(
                    """
                    {'metadata': {'generation': 1},
                     'status': {'observedGeneration': 1, 'target': 'here',
                      'appliedRevisions': [{'revision': '2', 'target': 'here'}]}}
                    """)))
        .isEmpty();
  }

  @Test
  void aMigrationThatIsFoundSaysItself() throws Json.BadException {
    assertThat(lacks(found("{}"))).contains("the operator hasn't looked at its spec yet");
  }

  @Test
  void aMigrationThatIsMissingIsNamedWithItsNamespace() {
    assertThat(lacks(new ApiAnswer.Missing()))
        .contains(
            "there is no DatabaseMigration shop in namespace apps: create it, or correct the name");
  }

  @Test
  void aClusterWithoutTheKindIsNamed() {
    assertThat(lacks(new ApiAnswer.NoSuchKind()))
        .contains("this cluster knows no DatabaseMigration of sluice.dev/v1alpha1: install Sluice");
  }

  @Test
  void whatWasNotAskedOrNotAnsweredSaysSo() {
    assertThat(lacks(ApiAnswer.Failed.of("is away"))).contains("no answer");
    assertThat(lacks(null)).contains("not asked for yet");
  }

  @Test
  void aRefusalNamesTheAccountAndTheCommandsThatAllowIt() {
    var message =
        "databasemigrations.sluice.dev \"shop\" is forbidden: User"
            + " \"system:serviceaccount:apps:web\" cannot get resource";
    assertThat(lacks(new ApiAnswer.Forbidden(message)))
        .contains(
            "the pod's service account may not read it ("
                + message
                + "); allow that: kubectl -n apps create role web-waits-for-shop --verb=get,watch"
                + " --resource=databasemigrations.sluice.dev --resource-name=shop && kubectl -n"
                + " apps create rolebinding web-waits-for-shop --role=web-waits-for-shop"
                + " --serviceaccount=apps:web");
  }

  @Test
  void aRefusalThatNamesNoAccountMeansTheDefaultOne() {
    assertThat(lacks(new ApiAnswer.Forbidden("")).orElseThrow())
        .contains("--serviceaccount=apps:default");
  }
}
