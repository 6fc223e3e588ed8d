package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodEnvironmentTest {
  @TempDir Path account;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aServiceAccount() throws IOException {
    Files.writeString(account.resolve("token"), "token-1\n");
    Files.writeString(account.resolve("ca.crt"), "ca");
    Files.writeString(account.resolve("namespace"), "apps\n");
    environment.put("SLUICE_SERVICE_ACCOUNT", account.toString());
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
  }

  private PodEnvironment.InPod pod() {
    return switch (PodEnvironment.of(environment)) {
      case PodEnvironment.InPod pod -> pod;
      case PodEnvironment.Elsewhere(var problem) -> throw new AssertionError(problem);
    };
  }

  private String problem() {
    return switch (PodEnvironment.of(environment)) {
      case PodEnvironment.InPod pod -> throw new AssertionError(pod.toString());
      case PodEnvironment.Elsewhere(var problem) -> problem;
    };
  }

  @Test
  void isAPodWithItsNamespace() {
    assertThat(pod().namespace()).isEqualTo("apps");
    assertThat(pod().server()).isEqualTo(URI.create("https://10.0.0.1:443"));
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1, https://10.0.0.1:6443", "fd00::1, https://[fd00::1]:6443"})
  void hasTheAddressOfTheApiServer(String host, String server) {
    environment.put("KUBERNETES_SERVICE_HOST", host);
    environment.put("KUBERNETES_SERVICE_PORT", "6443");
    assertThat(pod().server()).isEqualTo(URI.create(server));
  }

  @Test
  void readsATokenThatRotatesAnew() throws IOException {
    var pod = pod();
    assertThat(pod.token()).isEqualTo("token-1");
    Files.writeString(account.resolve("token"), "token-2");
    assertThat(pod.token()).isEqualTo("token-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "ca.crt", "namespace"})
  void namesAFileOfTheAccountThatIsMissing(String file) throws IOException {
    Files.delete(account.resolve(file));
    assertThat(problem())
        .contains(account.resolve(file) + " can't be read", "automountServiceAccountToken");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isElsewhereWithoutAnApiServer(boolean empty) {
    environment.remove("KUBERNETES_SERVICE_HOST");
    if (empty) {
      environment.put("KUBERNETES_SERVICE_HOST", "");
    }
    assertThat(problem()).isEqualTo("KUBERNETES_SERVICE_HOST isn't set: this runs in a pod");
  }
}
