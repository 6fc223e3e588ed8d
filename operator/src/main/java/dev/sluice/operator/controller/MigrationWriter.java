package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.job.RunLabels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes to migrations: only onto the version that was read, so that a stale cache writes nothing.
 */
public final class MigrationWriter {
  private final KubernetesClient client;

  public MigrationWriter(KubernetesClient client) {
    this.client = client;
  }

  /** False: there is a newer version, or none; its event comes. */
  boolean status(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      DatabaseMigrationStatus status) {
    var patch = patch(migration, Map.of("op", "add", "path", "/status", "value", status));
    return write(
        migration,
        context,
        m ->
            client.resource(m).subresource("status").patch(PatchContext.of(PatchType.JSON), patch));
  }

  /**
   * Whether that is the stored version; a cache may lag, and a run that is started can't be undone.
   */
  boolean latest(DatabaseMigration migration) {
    var stored = client.resource(migration).get();
    return stored != null
        && stored
            .getMetadata()
            .getResourceVersion()
            .equals(migration.getMetadata().getResourceVersion());
  }

  boolean finalizer(
      DatabaseMigration migration, Context<DatabaseMigration> context, boolean there) {
    var finalizers = new ArrayList<>(migration.getMetadata().getFinalizers());
    finalizers.remove(RunLabels.FINALIZER);
    if (there) {
      finalizers.add(RunLabels.FINALIZER);
    }
    var patch =
        patch(migration, Map.of("op", "add", "path", "/metadata/finalizers", "value", finalizers));
    return write(
        migration, context, m -> client.resource(m).patch(PatchContext.of(PatchType.JSON), patch));
  }

  /** Another resourceVersion than the stored one makes the API server answer 409. */
  private String patch(DatabaseMigration migration, Map<String, Object> change) {
    var version = migration.getMetadata().getResourceVersion();
    Map<String, Object> lock =
        Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", version);
    return client.getKubernetesSerialization().asJson(Stream.of(lock, change).toList());
  }

  private static boolean write(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Function<DatabaseMigration, DatabaseMigration> write) {
    try {
      var written = write.apply(migration);
      context
          .eventSourceRetriever()
          .getControllerEventSource()
          .handleRecentResourceUpdate(ResourceID.fromResource(migration), written, migration);
      // this reconciliation's own copy: what it writes next goes onto what it wrote
      migration.setMetadata(written.getMetadata());
      return true;
    } catch (KubernetesClientException e) {
      if (List.of(404, 409).contains(e.getCode())) {
        return false;
      }
      throw e;
    }
  }
}
