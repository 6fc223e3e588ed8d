package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.OtherMigration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds migrations of the same namespace and database in the cache. */
final class SameDatabaseIndex {
  private static final String ALL = "database";
  private static final String TOOLS = "database of another tool";
  private static final Comparator<DatabaseMigration> AGE =
      Comparator.<DatabaseMigration, String>comparing(m -> m.getMetadata().getCreationTimestamp())
          .thenComparing(m -> m.getMetadata().getName());

  private SameDatabaseIndex() {}

  static void index(IndexerResourceCache<DatabaseMigration> migrations) {
    migrations.addIndexers(
        Map.of(
            ALL, SameDatabaseIndex::places, TOOLS, m -> ofAnotherTool(m) ? places(m) : List.of()));
  }

  static List<OtherMigration> neighbours(
      DatabaseMigration migration, Context<DatabaseMigration> context) {
    var cache = context.eventSourceRetriever().getControllerEventSource();
    // our own runners have the database's lock between them: of those there may be thousands
    var index = ofAnotherTool(migration) ? ALL : TOOLS;
    return places(migration).stream()
        .flatMap(place -> cache.byIndex(index, place).stream())
        .filter(m -> !m.getMetadata().getName().equals(migration.getMetadata().getName()))
        .sorted(AGE)
        .map(m -> neighbour(m, migration))
        .toList();
  }

  private static OtherMigration neighbour(DatabaseMigration other, DatabaseMigration migration) {
    return new OtherMigration(
        other.getMetadata().getName(),
        AGE.compare(other, migration) < 0,
        other.isMarkedForDeletion(),
        other.getMetadata().getGeneration(),
        other.getSpec(),
        Objects.requireNonNullElse(other.getStatus(), DatabaseMigrationStatus.EMPTY));
  }

  private static boolean ofAnotherTool(DatabaseMigration migration) {
    return migration.getSpec() != null && migration.getSpec().ofAnotherTool();
  }

  /** None of one that can't be read. */
  @SuppressWarnings("NullAway") // the schema requires what is compared with null here
  private static List<String> places(DatabaseMigration migration) {
    var spec = migration.getSpec();
    return spec == null || spec.database() == null || spec.database().credentials() == null
        ? List.of()
        : List.of(migration.getMetadata().getNamespace() + "/" + OtherMigration.place(spec));
  }
}
