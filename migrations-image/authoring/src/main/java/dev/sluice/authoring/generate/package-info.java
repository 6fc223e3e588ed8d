/** The steps from a wanted schema to the next migrations of a folder. */
@NullMarked
package dev.sluice.authoring.generate;

import org.jspecify.annotations.NullMarked;
