package dev.sluice.e2e.harness;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** A cluster that somebody gave, with a registry that it pulls from. */
record GivenCluster(String registry, Path kubeconfig, KubernetesClient client) implements Cluster {

  /** The object identifier of elliptic keys, in DER. */
  private static final String ELLIPTIC = "06072a8648ce3d0201";

  static GivenCluster of(Repository repository, String context, String registry) {
    var config = Config.autoConfigure(context);
    if (hasEllipticKey(config)) {
      config.setClientKeyAlgo("EC");
    }
    var kubeconfig = repository.target("e2e").resolve("kubeconfig");
    try {
      // of several contexts, the one that was named
      var yaml =
          Serialization.unmarshal(kubeconfigText(), io.fabric8.kubernetes.api.model.Config.class);
      yaml.setCurrentContext(context);
      Files.writeString(kubeconfig, Serialization.asYaml(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GivenCluster(
        registry, kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
  }

  /** The client sees that only in a key that says so in its PEM header. */
  private static boolean hasEllipticKey(Config config) {
    var key = config.getClientKeyData();
    if (key == null) {
      return false;
    }
    var pem = new String(Base64.getDecoder().decode(key), StandardCharsets.US_ASCII);
    var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
    return HexFormat.of().formatHex(der).contains(ELLIPTIC);
  }

  private static String kubeconfigText() throws IOException {
    var named = Optional.ofNullable(System.getenv("KUBECONFIG")).map(Path::of);
    var home = Path.of(Objects.requireNonNull(System.getProperty("user.home")));
    return Files.readString(named.orElseGet(() -> home.resolve(".kube/config")));
  }

  @Override
  public String load(String image, Path archive) {
    var name = registry + "/" + image.substring(image.indexOf('/') + 1);
    try {
      var reference = ImageReference.parse(name);
      var credentials = CredentialRetrieverFactory.forImage(reference, _ -> {});
      Jib.from(TarImage.at(archive))
          .containerize(
              Containerizer.to(
                      RegistryImage.named(reference)
                          .addCredentialRetriever(credentials.dockerConfig()))
                  .setAllowInsecureRegistries(registry.startsWith("localhost"))
                  .setToolName("sluice-e2e"));
      return name;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was pushed", e);
    } catch (Exception e) { // Jib has half a dozen checked ones; all mean that it wasn't pushed
      throw new IllegalStateException(name + " could not be pushed", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
