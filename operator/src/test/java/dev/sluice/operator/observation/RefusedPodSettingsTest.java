package dev.sluice.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.observation.DesiredMigration.SpecReading;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An object that was stored before the schema refused it, or by another version's. */
final class RefusedPodSettingsTest {
  private static final String OURS = "changelog: {path: root.yaml}";
  private static final String TOOL = "command: [migrate, '--as=$(PGUSER)']";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD",
        "GLIBC_TUNABLES",
        "JAVA_TOOL_OPTIONS",
        "LIQUIBASE_SECURE_PARSING",
        "PATH",
        "https_proxy2"
      })
  void aVariableThatOurRunnerDoesNotTakeIsNamed(String name) {
    assertThat(read(OURS, "username", "{env: [{name: " + name + ", value: x}]}"))
        .startsWith("spec.pod.env must not set " + name + ":")
        .contains("spec.changelog.parameters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTPS_PROXY", "no_proxy", "AWS_CA_BUNDLE", "TZ", "OTEL_SERVICE_NAME", "APP_A"})
  void othersAreTaken(String name) {
    assertThat(read(OURS, "username", "{env: [{name: " + name + ", value: x}]}")).isEmpty();
  }

  @Test
  void anotherToolReadsWhatItLikes() {
    assertThat(read("command: [x]", "username", "{env: [{name: LIQUIBASE_X, value: x}]}"))
        .isEmpty();
  }

  @Test
  void anAppArmorProfileIsNoAnnotation() {
    var annotation = "container.apparmor.security.beta.kubernetes.io/migrate";

    assertThat(read(OURS, "username", "{annotations: {" + annotation + ": unconfined}}"))
        .contains(annotation, "spec.pod.securityContext.appArmorProfile");
  }

  @ParameterizedTest
  @CsvSource({
    "username, ''",
    "password, is the key of the password",
    "db_password, refers to PGUSER",
    "URL, refers to PGUSER"
  })
  void aSecretIsNoUserName(String usernameKey, String problem) {
    assertThat(read(TOOL, usernameKey, "{}")).contains(problem);
  }

  /** Empty: it is understood. */
  private static String read(String what, String usernameKey, String pod) {
    var spec =
        new KubernetesSerialization()
            .unmarshal(
                """
                image: a/shop:1
                %s
                database: {host: h, name: n, credentials: {secret: {name: s, usernameKey: %s}}}
                pod: %s
                """
                    .formatted(what, usernameKey, pod),
                DatabaseMigrationSpec.class);
    return DesiredMigration.read(spec) instanceof SpecReading.Unreadable(var problem)
        ? problem
        : "";
  }
}
