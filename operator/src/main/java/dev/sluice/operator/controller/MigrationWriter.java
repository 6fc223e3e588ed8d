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
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes to migrations: only onto the version that was read, so that a stale cache writes nothing.
 */
public final class MigrationWriter {
  /** It was changed or deleted meanwhile: its event comes. */
  private static final Set<Integer> OVERTAKEN = Set.of(404, 409);

  private final KubernetesClient client;

  public MigrationWriter(KubernetesClient client) {
    this.client = client;
  }

  /** The migration with that status, as it is stored; empty: there is a newer version, or none. */
  Optional<DatabaseMigration> withStatus(
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
  boolean isLatest(DatabaseMigration migration) {
    var stored = client.resource(migration).get();
    return stored != null
        && stored
            .getMetadata()
            .getResourceVersion()
            .equals(migration.getMetadata().getResourceVersion());
  }

  /**
   * The migration with our finalizer, as it is stored; empty: there is a newer version, or none.
   */
  Optional<DatabaseMigration> withFinalizer(
      DatabaseMigration migration, Context<DatabaseMigration> context) {
    var finalizers = otherFinalizers(migration);
    finalizers.add(RunLabels.FINALIZER);
    return finalizers(migration, context, finalizers);
  }

  /** The same without it. */
  Optional<DatabaseMigration> withoutFinalizer(
      DatabaseMigration migration, Context<DatabaseMigration> context) {
    return finalizers(migration, context, otherFinalizers(migration));
  }

  private static List<String> otherFinalizers(DatabaseMigration migration) {
    var finalizers = new ArrayList<>(migration.getMetadata().getFinalizers());
    finalizers.remove(RunLabels.FINALIZER);
    return finalizers;
  }

  private Optional<DatabaseMigration> finalizers(
      DatabaseMigration migration, Context<DatabaseMigration> context, List<String> finalizers) {
    var patch =
        patch(migration, Map.of("op", "add", "path", "/metadata/finalizers", "value", finalizers));
    return write(
        migration,
        context,
        m -> {
          try {
            return client.resource(m).patch(PatchContext.of(PatchType.JSON), patch);
          } catch (KubernetesClientException e) {
            throw e.getCode() == 409 && isLatest(migration) ? refusal(e) : e;
          }
        });
  }

  /** A conflict that a newer version doesn't explain: a webhook may answer anything. */
  private static KubernetesClientException refusal(KubernetesClientException e) {
    return new KubernetesClientException(ServerWords.of(e), e);
  }

  /** Another resourceVersion than the stored one makes the API server answer 409. */
  private String patch(DatabaseMigration migration, Map<String, Object> change) {
    var version = migration.getMetadata().getResourceVersion();
    Map<String, Object> lock =
        Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", version);
    return client.getKubernetesSerialization().asJson(Stream.of(lock, change).toList());
  }

  /** Changes nothing of what it is given. */
  private static Optional<DatabaseMigration> write(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      UnaryOperator<DatabaseMigration> write) {
    try {
      var written = write.apply(migration);
      context
          .eventSourceRetriever()
          .getControllerEventSource()
          .handleRecentResourceUpdate(ResourceID.fromResource(migration), written, migration);
      return Optional.of(written);
    } catch (KubernetesClientException e) {
      if (OVERTAKEN.contains(e.getCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
