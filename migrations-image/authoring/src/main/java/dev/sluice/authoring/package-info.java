/** The command line for whoever writes migrations; no run has it on its class path. */
@NullMarked
package dev.sluice.authoring;

import org.jspecify.annotations.NullMarked;
