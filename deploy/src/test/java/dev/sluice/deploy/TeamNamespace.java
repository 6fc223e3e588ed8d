package dev.sluice.deploy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A namespace with a service account, and what an operator would write into its migrations. */
record TeamNamespace(KubernetesClient client, String namespace, Path folder) {
  static final String ACCOUNT = "shop";

  static TeamNamespace of(KubernetesClient client, String namespace, Path folder)
      throws IOException {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    var account = Files.createDirectories(folder.resolve(namespace));
    Files.writeString(account.resolve("namespace"), namespace);
    var authority = Objects.requireNonNull(client.getConfiguration().getCaCertFile());
    Files.copy(Path.of(authority), account.resolve("ca.crt"));
    var team = new TeamNamespace(client, namespace, account);
    team.account(ACCOUNT);
    return team;
  }

  void account(String name) throws IOException {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .serverSideApply();
    var token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(new TokenRequest());
    Files.writeString(folder.resolve("token"), token.getStatus().getToken());
  }

  /** What the kubelet tells a pod, of the API server itself. */
  Map<String, String> environment() {
    return environment(client.getMasterUrl().getHost(), client.getMasterUrl().getPort());
  }

  Map<String, String> environment(String host, int port) {
    return Map.of(
        "KUBERNETES_SERVICE_HOST", host,
        "KUBERNETES_SERVICE_PORT", Integer.toString(port),
        "SLUICE_SERVICE_ACCOUNT", folder.toString());
  }

  /** {@code verbs} on all migrations, for its account. */
  void mayOn(String... verbs) {
    var rbac =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: wait}
        rules: [{apiGroups: [sluice.dev], resources: [databasemigrations], verbs: [%s]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: wait}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: wait}
        subjects: [{kind: ServiceAccount, name: shop, namespace: %s}]
        """
            .formatted(String.join(", ", verbs), namespace);
    Manifests.trees(rbac).stream()
        .map(Manifests::object)
        .forEach(object -> client.resource(object).inNamespace(namespace).serverSideApply());
  }

  /** The spec, as a person writes it. */
  void wants(String name, String revision) {
    var yaml =
        """
        apiVersion: sluice.dev/v1alpha1
        kind: DatabaseMigration
        metadata: {name: %s}
        spec:
          image: registry.example.com/shop:1
          revision: "%s"
          changelog: {path: root.yaml}
          database: {host: db, name: shop, credentials: {secret: {name: db}}}
        """
            .formatted(name, revision);
    client
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  /** The status, as the operator writes it: {@code type} is True, the database has these. */
  void stands(String name, String type, String reason, String message, String... applied) {
    migration(name)
        .editStatus(migration -> {
          var revisions =
              Stream.of(applied)
                  .map(r ->
                      Map.of("revision", r, "target", "t", "appliedAt", "2026-01-01T00:00:00Z"))
                  .toList();
          Map<String, String> spec = Objects.requireNonNull(migration.get("spec"));
          var generation = migration.getMetadata().getGeneration();
          var conditions =
              Stream.of("Ready", type)
                  .distinct()
                  .map(t ->
                      Map.of(
                          "type", t,
                          "status", t.equals(type) ? "True" : "False",
                          "observedGeneration", generation,
                          "lastTransitionTime", "2026-01-01T00:00:00Z",
                          "reason", reason,
                          "message", message))
                  .toList();
          migration.setAdditionalProperty(
              "status",
              Map.of(
                  "observedGeneration", generation,
                  "revision", Objects.requireNonNull(spec.get("revision")),
                  "target", "t",
                  "appliedRevisions", revisions,
                  "conditions", conditions));
          return migration;
        });
  }

  void applied(String name, String... revisions) {
    stands(name, "Ready", "Applied", "the database has it", revisions);
  }

  void drop(String name) {
    migration(name).delete();
  }

  private Resource<GenericKubernetesResource> migration(String name) {
    return client
        .genericKubernetesResources("sluice.dev/v1alpha1", "DatabaseMigration")
        .inNamespace(namespace)
        .withName(name);
  }
}
