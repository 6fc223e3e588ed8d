package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admission policy of the examples: who says yes to a plan. */
final class ApproversIT {
  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient developer;
  private static @Nullable KubernetesClient approver;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    CHART.install(
        new Installation("sluice", "sluice-system", Map.of(), List.of()),
        server.kubeconfig(),
        Optional.empty());
    developer = as("ann", "system:masters");
    approver = as("eve", "system:masters", "database-approvers");
    try (var file = new FileInputStream(Folders.EXAMPLES.resolve("approvers.yaml").toFile())) {
      developer().load(file).items().forEach(item -> developer().resource(item).create());
    }
    for (var name : List.of("shop", "free")) {
      developer()
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels("migrations", name.equals("shop") ? "approved" : "free")
                  .endMetadata()
                  .build())
          .create();
    }
    create(developer(), "shop", "first", "Manual");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> refusal(() -> approve(developer(), "first", "early")).isPresent());
  }

  @AfterAll
  static void stop() throws IOException {
    if (developer != null) {
      developer.close();
    }
    if (approver != null) {
      approver.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static KubernetesClient as(String user, String... groups) throws IOException {
    var config =
        new ConfigBuilder(
                Config.fromKubeconfig(
                    Files.readString(Objects.requireNonNull(server).kubeconfig())))
            .withImpersonateUsername(user)
            .withImpersonateGroups(groups)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static KubernetesClient developer() {
    return Objects.requireNonNull(developer);
  }

  private static KubernetesClient approver() {
    return Objects.requireNonNull(approver);
  }

  private static void create(
      KubernetesClient person, String namespace, String name, String approval) {
    person
        .resource(
            """
            apiVersion: sluice.dev/v1alpha1
            kind: DatabaseMigration
            metadata: {name: %s, namespace: %s}
            spec:
              image: registry.example.com/shop-migrations:1.42.0
              changelog: {path: changelog/root.yaml}
              database: {host: db, name: shop, credentials: {secret: {name: shop-db}}}
              approval: %s
            """
                .formatted(name, namespace, approval))
        .create();
  }

  private static DatabaseMigration patch(KubernetesClient person, String name, String patch) {
    return person
        .resources(DatabaseMigration.class)
        .inNamespace("shop")
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static void approve(KubernetesClient person, String name, String word) {
    patch(
        person,
        name,
        "{\"metadata\": {\"annotations\": {\"sluice.dev/approve\": \"%s\"}}}".formatted(word));
  }

  private static Optional<String> refusal(Runnable act) {
    try {
      act.run();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Test
  void onlyAnApproverSaysYes() {
    create(developer(), "shop", "orders", "Manual");

    assertThatThrownBy(() -> approve(developer(), "orders", "d1"))
        .hasMessageContaining(
            "only members of the group database-approvers may change the annotation"
                + " sluice.dev/approve");
    approve(approver(), "orders", "d1");
    assertThatThrownBy(() -> approve(developer(), "orders", "d2"))
        .isInstanceOf(KubernetesClientException.class);
    var edited = patch(developer(), "orders", "{\"spec\": {\"revision\": \"2\"}}");
    assertThat(edited.getMetadata().getAnnotations()).containsEntry("sluice.dev/approve", "d1");
  }

  @Test
  void nobodyElseGoesAroundIt() {
    assertThatThrownBy(() -> create(developer(), "shop", "auto", "Automatic"))
        .hasMessageContaining("spec.approval must be Manual in this namespace");
    create(developer(), "shop", "turned", "Manual");
    assertThatThrownBy(
            () -> patch(developer(), "turned", "{\"spec\": {\"approval\": \"Automatic\"}}"))
        .hasMessageContaining("spec.approval must be Manual in this namespace");
    create(approver(), "shop", "auto", "Automatic");
    patch(developer(), "auto", "{\"metadata\": {\"finalizers\": [\"sluice.dev/run\"]}}");
    patch(developer(), "auto", "{\"metadata\": {\"finalizers\": null}}");
  }

  @Test
  void otherNamespacesAreFree() {
    create(developer(), "free", "auto", "Automatic");
  }
}
