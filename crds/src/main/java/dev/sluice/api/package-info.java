/**
 * The API of Sluice: {@code DatabaseMigration}, group {@code sluice.dev}, version {@code v1alpha1}.
 *
 * <p>Records check and copy; a field that is left out has its documented default. Unknown fields
 * are ignored, so that an older operator reads newer objects.
 *
 * <ul>
 *   <li>Of the spec: {@link Changelog} says where the migrations are, {@link Database} and {@link
 *       Credentials} where they go, {@link RunSettings}, {@link SessionSettings} and {@link
 *       PodSettings} how they are run, {@link ApprovalMode} and {@link Policy} what has to be asked
 *       first, {@link RehearsalSettings} what is tried first, {@link AdoptMode} and {@link
 *       Baseline} where a database begins that was migrated before, {@link Verify} what another
 *       tool's work is compared with.
 *   <li>Of the status: {@link Condition}, {@link LastRun}, its {@link Outcome} and its {@link
 *       RehearsalReport}.
 *   <li>The public vocabulary: {@link Reasons}, {@link GateReasons}, {@link ConditionTypes}, {@link
 *       Annotations}, {@link RevisionName}; {@link MigrationView} is a migration as others look at
 *       it.
 * </ul>
 *
 * <p>All of it is one package, because whoever reads the objects needs all of it.
 */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
