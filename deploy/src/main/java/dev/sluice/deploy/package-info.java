/** Installs the chart by Helm's own code, without a helm program. */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
