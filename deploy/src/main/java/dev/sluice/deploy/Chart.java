package dev.sluice.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A chart in a folder. What Helm refuses is an {@code IllegalStateException} with Helm's words. */
public record Chart(Path folder) {
  /** Rendering asks no cluster; Helm compares this with the chart's kubeVersion. */
  private static final String KUBERNETES = "1.29.0";

  /** The manifests, as {@code helm template} prints them. */
  public String render(Installation wanted) {
    var template =
        new Helm(folder)
            .template()
            .withName(wanted.release())
            .withNamespace(wanted.namespace())
            .withKubeVersion(KUBERNETES);
    wanted.set().forEach(template::set);
    wanted.values().forEach(template::withValuesFile);
    return template.call();
  }

  /** {@code helm upgrade --install --create-namespace}; with a patience, waits until it runs. */
  public Release install(Installation wanted, Path kubeconfig, Optional<Duration> patience) {
    // Not upgrade().install(): that forgets the values files when it installs.
    return isInstalled(wanted, kubeconfig)
        ? upgrade(wanted, kubeconfig, patience)
        : installNew(wanted, kubeconfig, patience);
  }

  private static boolean isInstalled(Installation wanted, Path kubeconfig) {
    var releases =
        Helm.list().all().withNamespace(wanted.namespace()).withKubeConfig(kubeconfig).call();
    return releases.stream().anyMatch(release -> release.getName().equals(wanted.release()));
  }

  private Release installNew(Installation wanted, Path kubeconfig, Optional<Duration> patience) {
    var install =
        new Helm(folder)
            .install()
            .createNamespace()
            .withName(wanted.release())
            .withNamespace(wanted.namespace())
            .withKubeConfig(kubeconfig);
    wanted.set().forEach(install::set);
    wanted.values().forEach(install::withValuesFile);
    patience.ifPresent(p -> install.waitReady().withTimeout(Math.toIntExact(p.toSeconds())));
    return install.call();
  }

  private Release upgrade(Installation wanted, Path kubeconfig, Optional<Duration> patience) {
    var upgrade =
        new Helm(folder)
            .upgrade()
            .withName(wanted.release())
            .withNamespace(wanted.namespace())
            .withKubeConfig(kubeconfig);
    wanted.set().forEach(upgrade::set);
    wanted.values().forEach(upgrade::withValuesFile);
    patience.ifPresent(p -> upgrade.waitReady().withTimeout(Math.toIntExact(p.toSeconds())));
    return upgrade.call();
  }
}
