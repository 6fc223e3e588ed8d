/** Builds the Job of a run, and reads a Job with its pod back into plain facts; pure. */
@NullMarked
package dev.sluice.operator.job;

import org.jspecify.annotations.NullMarked;
