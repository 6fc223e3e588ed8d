package dev.sluice.e2e.harness;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A team's namespace, in which pods must be restricted, and what the team does there. */
public final class Site implements AutoCloseable {

  /** The ConfigMap with the authority of the servers' certificate. */
  public static final String AUTHORITY = "database-ca";

  private final Stage stage;
  private final String namespace;

  Site(Stage stage, String name) {
    this.stage = stage;
    this.namespace = "sluice-e2e-" + name;
    stage
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  Stage stage() {
    return stage;
  }

  public String namespace() {
    return namespace;
  }

  public KubernetesClient client() {
    return stage.client();
  }

  /** Another team's namespace. */
  public Site another(String name) {
    return stage.site(name);
  }

  /** With programs of {@code e2e/cluster/build}, by the names under which they are typed. */
  public Terminal terminal(Map<String, String> programs) {
    return Terminal.open(stage.repository(), stage.kubeconfig(), namespace, programs);
  }

  public void awaitGone() {
    client()
        .namespaces()
        .withName(namespace)
        .waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
  }

  /** The server with TLS. */
  public Postgres postgres() {
    return stage.postgres();
  }

  /** The server without. */
  public Postgres postgresWithoutTls() {
    return stage.withoutTls();
  }

  /** An empty database and the Secret with its owner's password. */
  public SiteDatabase database() {
    var database = postgres().database();
    secret(database);
    return database;
  }

  public void secret(SiteDatabase database) {
    secret(database.user(), Map.of("username", database.user(), "password", database.password()));
  }

  public void secret(String name, Map<String, String> data) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(data)
                .build())
        .create();
  }

  public void configMap(String name, Map<String, String> data) {
    client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  /** Builds a migrations image and makes it known to the cluster. */
  public String image(Changelog changelog) {
    return image("migrations-" + Stage.suffix() + ":1", changelog);
  }

  /** The same under a name, with a tag. */
  public String image(String name, Changelog changelog) {
    var folder = stage.repository().scratch();
    try {
      return stage.images().migrations(name, changelog.writeTo(folder));
    } finally {
      Repository.delete(folder);
    }
  }

  /** An image of another tool that has these migrations in a folder. */
  public String image(String tool, String target, Changelog migrations) {
    var folder = stage.repository().scratch();
    try {
      return stage.images().tool(tool, migrations.writeTo(folder), target);
    } finally {
      Repository.delete(folder);
    }
  }

  /** The same of a folder. */
  public String imageOf(Path changelog) {
    return stage.images().migrations("migrations-" + Stage.suffix() + ":1", changelog);
  }

  /** An image without the runner, nor anything else but a Java runtime and this one class. */
  public String program(Class<?> main) {
    var folder = stage.repository().scratch();
    var file = main.getName().replace('.', '/') + ".class";
    try (var bytes = Objects.requireNonNull(main.getResourceAsStream("/" + file))) {
      var target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(bytes, target);
      return stage
          .images()
          .program(
              "program-" + Stage.suffix() + ":1",
              folder,
              List.of("/opt/sluice/jre/bin/java", "-cp", "/app", main.getName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Repository.delete(folder);
    }
  }

  /** Any image but one built from the runner. */
  public String imageWithoutRunner() {
    return stage.images().postgres();
  }

  /** Deploys an application of no pods. */
  public Deployment deploy(String name) {
    create("application.yaml", Map.of("name", name));
    return application(name);
  }

  public Deployment application(String name) {
    return client().apps().deployments().inNamespace(namespace).withName(name).require();
  }

  public Deployment operator() {
    return client()
        .apps()
        .deployments()
        .inNamespace(Stage.OPERATOR_NAMESPACE)
        .withName("sluice")
        .require();
  }

  public void awaitPod(String name) {
    client().pods().inNamespace(namespace).withName(name).waitUntilReady(2, TimeUnit.MINUTES);
  }

  /** As a node that goes down would; the Deployment starts another. */
  public void killOperator() {
    client()
        .pods()
        .inNamespace(Stage.OPERATOR_NAMESPACE)
        .withLabel("app.kubernetes.io/name", "sluice")
        .withGracePeriod(0)
        .delete();
  }

  /** Skips a test on a cluster that isn't its own to stop. */
  public void assumeNodeCanRestart() {
    Assumptions.assumeTrue(stage.nodeRestart().isPresent(), "only the own cluster may be stopped");
  }

  public void restartNode() {
    stage.nodeRestart().orElseThrow().run();
    postgres().awaitReady();
  }

  /** What a page of the documents shows under a heading, for this database. */
  public Manifest documented(String page, String heading, SiteDatabase database) {
    return stage.repository().manifest(page, heading).of(database);
  }

  public Manifest manifest(String name, SiteDatabase database) {
    return Manifest.of(name, database);
  }

  /** {@code kubectl apply --server-side}. */
  public AppliedMigration apply(Manifest manifest) {
    client()
        .genericKubernetesResources("sluice.dev/v1alpha1", "DatabaseMigration")
        .inNamespace(namespace)
        .resource(manifest.resource())
        .forceConflicts()
        .serverSideApply();
    return migration(manifest.name());
  }

  public AppliedMigration migration(String name) {
    return new AppliedMigration(
        this,
        name,
        client().resources(DatabaseMigration.class).inNamespace(namespace).withName(name));
  }

  /** Creates the objects of a YAML file beside this class, with its parameters filled in. */
  public void create(String file, Map<String, String> parameters) {
    try (var in = Objects.requireNonNull(Site.class.getResourceAsStream(file), file)) {
      var yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (var parameter : parameters.entrySet()) {
        yaml = yaml.replace("${" + parameter.getKey() + "}", parameter.getValue());
      }
      client()
          .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
          .inNamespace(namespace)
          .create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that anybody may see of this namespace but Secrets: objects, events, logs. */
  public String everythingToSee() {
    return Diagnostics.of(client(), namespace) + Diagnostics.of(client(), Stage.OPERATOR_NAMESPACE);
  }

  public void delete() {
    client().namespaces().withName(namespace).delete();
  }

  @Override
  public void close() {
    delete();
  }
}
