/** The program: {@code run} in a pod, {@code migrate} and {@code status} on a command line. */
@NullMarked
package dev.sluice.migrations.cli;

import org.jspecify.annotations.NullMarked;
