/**
 * The API of Sluice: {@code DatabaseMigration}, group {@code sluice.dev}, version {@code v1alpha1}.
 *
 * <p>Records check and copy; a field that is left out has its documented default. Unknown fields
 * are ignored, so that an older operator reads newer objects.
 */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
