/**
 * Builds the Job of a run, and reads a Job with its pod back into plain facts; pure.
 *
 * <p>More than 25 types: what is drawn is compared with what is read ({@link RunProof}), so both
 * are in one package.
 */
@NullMarked
package dev.sluice.operator.job;

import org.jspecify.annotations.NullMarked;
