package dev.sluice.migrations.wait;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this process is. */
sealed interface PodEnvironment {
  String MOUNTED = "/var/run/secrets/kubernetes.io/serviceaccount";

  /**
   * In a pod that has a service account.
   *
   * @param account the folder of the account, whose files are read each time, for they rotate
   */
  record InPod(URI server, Path account, String namespace) implements PodEnvironment {
    String token() throws IOException {
      return Files.readString(account.resolve("token")).strip();
    }

    byte[] authorities() throws IOException {
      return Files.readAllBytes(account.resolve("ca.crt"));
    }
  }

  /** {@code problem} says how to mend it. */
  record Elsewhere(String problem) implements PodEnvironment {}

  static PodEnvironment of(Map<String, String> environment) {
    var account = Path.of(environment.getOrDefault("SLUICE_SERVICE_ACCOUNT", MOUNTED));
    var host = environment.get("KUBERNETES_SERVICE_HOST");
    if (host == null || host.isEmpty()) {
      return new Elsewhere("KUBERNETES_SERVICE_HOST isn't set: this runs in a pod");
    }
    for (var file : new String[] {"token", "ca.crt", "namespace"}) {
      if (!Files.isReadable(account.resolve(file))) {
        return new Elsewhere(
            "the pod's service account isn't there (%s can't be read): automountServiceAccountToken"
                    .formatted(account.resolve(file))
                + " must not be false, neither of the pod nor of the account");
      }
    }
    try {
      var namespace = Files.readString(account.resolve("namespace")).strip();
      return new InPod(
          server(host, environment.get("KUBERNETES_SERVICE_PORT")), account, namespace);
    } catch (IOException e) {
      return new Elsewhere("the namespace of the service account can't be read: " + e.getMessage());
    }
  }

  private static URI server(String host, @Nullable String port) {
    var address = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create("https://" + address + ":" + (port == null ? "443" : port));
  }
}
