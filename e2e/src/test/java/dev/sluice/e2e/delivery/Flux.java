package dev.sluice.e2e.delivery;

import java.nio.file.Path;

/** Flux's kustomize-controller for a shop's namespace, and the repository that it follows. */
final class Flux implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("delivery/flux").toAbsolutePath();

  private final Shop shop;
  private final Path state;

  private Flux(Shop shop) {
    this.shop = shop;
    this.state = shop.terminal().folder().resolve("flux");
  }

  static Flux up(Shop shop) {
    var flux = new Flux(shop);
    flux.script("up", shop.site().namespace());
    return flux;
  }

  /**
   * Applies the Kustomizations of a page: what stands for a repository there is here an artifact.
   */
  void follow(String kustomizations) {
    shop.terminal()
        .write(
            "kustomizations.yaml",
            kustomizations
                .replace("kind: GitRepository", "kind: ExternalArtifact")
                .replace("targetNamespace: shop", "targetNamespace: " + shop.site().namespace()));
    shop.terminal().run("kubectl apply --server-side -f kustomizations.yaml").succeeded();
  }

  /** Pushes migration and application of a revision; the commit, as Flux calls it. */
  String push(String revision, String changesets) {
    shop.terminal().write("repository/migration/shop.yaml", shop.migration(revision, changesets));
    shop.terminal().write("repository/application/shop.yaml", shop.ungatedApplication(revision));
    return publish();
  }

  /** Pushes what is in the folder {@code repository}. */
  String publish() {
    return script("publish", "repository shop");
  }

  /** Until the Kustomization has applied a commit and found it healthy. */
  void await(String kustomization, String commit) {
    shop.terminal()
        .run(
            "kubectl wait kustomization/%s --for=jsonpath='{.status.lastAppliedRevision}'=%s --timeout=3m"
                .formatted(kustomization, commit))
        .succeeded();
  }

  private String script(String name, String arguments) {
    return shop.terminal()
        .run("%s %s %s".formatted(SCRIPTS.resolve(name), state, arguments))
        .succeeded()
        .strip();
  }

  @Override
  public void close() {
    script("down", "");
  }
}
