package dev.sluice.e2e.argocd;

import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.Terminal;
import java.nio.file.Path;
import java.util.Map;

/** An Argo CD that knows our kind, as processes beside the cluster. */
final class ArgoCd implements AutoCloseable {

  static final Path ROOT =
      Path.of(System.getProperty("sluice.root", "..")).toAbsolutePath().normalize();

  private static final String SCRIPT = ROOT.resolve("e2e/delivery/argocd").toString();
  private static final Path STATE = ROOT.resolve("e2e/target/argocd");

  private final Site site;
  private final Terminal terminal;

  private ArgoCd(Site site, Terminal terminal) {
    this.site = site;
    this.terminal = terminal;
  }

  static ArgoCd start(Site site) {
    var argo = new ArgoCd(site, site.terminal(Map.of()));
    argo.script("down"); // what a run that was cut off left
    argo.script("up");
    argo.terminal.run(argo.installation()).succeeded();
    return argo;
  }

  private void script(String what) {
    // the caches of Go and of the programs are at home
    terminal
        .run(
            "HOME='%s' '%s' %s '%s' %s"
                .formatted(System.getProperty("user.home"), SCRIPT, what, STATE, site.namespace()))
        .succeeded();
  }

  private String installation() {
    return "cd '%s'\n%s"
        .formatted(
            ROOT,
            Page.of("docs/argocd.md")
                .block("Install")
                .replace("--namespace argocd", "--namespace " + namespace()));
  }

  /** Where its Applications are. */
  String namespace() {
    return site.namespace();
  }

  @Override
  public void close() {
    script("down");
    terminal.close();
    site.close();
  }
}
