package dev.sluice.e2e.delivery;

import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.AppliedMigration;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import dev.sluice.e2e.harness.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A namespace with a database, and somebody who delivers there the shop that the pages speak of.
 */
final class Shop implements AutoCloseable {

  static final String USERS = "--changeset ann:users\ncreate table users (id int);\n";

  /** Long enough to be seen at work. */
  static final String SLOW =
      USERS + "--changeset ann:slow\ncreate table slow as select pg_sleep(6)::text as slept;\n";

  static final String BROKEN = SLOW + "--changeset ann:oops\ncreate table users (id int);\n";
  static final String MENDED = SLOW + "--changeset ann:orders\ncreate table orders (id int);\n";

  private final Site site;
  private final SiteDatabase database;
  private final Terminal terminal;

  private Shop(Site site, Map<String, String> programs) {
    this.site = site;
    this.database = site.database();
    this.terminal = site.terminal(programs);
  }

  /** In a namespace beside the class's own, with these programs at hand. */
  static Shop beside(Site site, String name, Map<String, String> programs) {
    return new Shop(site.another(name), programs);
  }

  Site site() {
    return site;
  }

  SiteDatabase database() {
    return database;
  }

  Terminal terminal() {
    return terminal;
  }

  /** The migration's manifest, of a revision with this changelog. */
  String migration(String revision, String changesets) {
    return manifest(revision, changesets).yaml();
  }

  Manifest manifest(String revision, String changesets) {
    var image = site.image(Changelog.sql(changesets));
    return site.manifest("shop", database).image(image).revision(revision);
  }

  /** The manifest of the application that requires a revision. */
  String application(String revision) {
    return RunnableDeployment.of(example(revision), site, true);
  }

  /** The same without the gate. */
  String ungatedApplication(String revision) {
    return RunnableDeployment.of(example(revision), site, false);
  }

  private static String example(String revision) {
    try {
      return Files.readString(Path.of("../deploy/examples/gated-application.yaml"))
          .replace("1.42.0", revision);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AppliedMigration migration() {
    return site.migration("shop");
  }

  /** What the application's pods require, those that run. */
  List<String> running() {
    return site
        .client()
        .pods()
        .inNamespace(site.namespace())
        .withLabel("app", "shop")
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()) && !pod.isMarkedForDeletion())
        .map(pod -> pod.getMetadata().getAnnotations().get("sluice.dev/requires"))
        .toList();
  }

  /** Until both pods require this, and no other runs. */
  void awaitRunning(String requirement) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> running().equals(List.of(requirement, requirement)));
  }

  @Override
  public void close() {
    terminal.close();
    site.close();
  }
}
