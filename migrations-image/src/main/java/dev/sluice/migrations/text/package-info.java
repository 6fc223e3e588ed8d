/** Reads what is written in a few words of text: JSON, durations. Knows nobody. */
@NullMarked
package dev.sluice.migrations.text;

import org.jspecify.annotations.NullMarked;
