/**
 * The program: {@code run} in a pod, {@code migrate}, {@code status}, {@code adopt}, {@code
 * baseline}, {@code validate} and {@code hash} on a command line.
 *
 * <p>More than 25 types: each command is one, and where events, settings and secrets go.
 */
@NullMarked
package dev.sluice.migrations.cli;

import org.jspecify.annotations.NullMarked;
