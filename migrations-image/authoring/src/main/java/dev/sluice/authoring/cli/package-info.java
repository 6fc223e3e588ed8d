/** The verbs that write, as a person types them. */
@NullMarked
package dev.sluice.authoring.cli;

import org.jspecify.annotations.NullMarked;
