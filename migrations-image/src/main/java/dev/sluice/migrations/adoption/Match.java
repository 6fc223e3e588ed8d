package dev.sluice.migrations.adoption;

import dev.sluice.migrations.folder.Migration;
import org.jspecify.annotations.Nullable;

/**
 * A row of a tool's history beside the folder.
 *
 * @param row in words that a person finds it by
 * @param migration null when the folder has none for it
 */
public record Match(String row, @Nullable Migration migration, Verdict verdict) {}
