/**
 * The code that talks to the API server about migrations, Jobs and their pods.
 *
 * <ol>
 *   <li>{@link Observer} gathers the facts, from caches where they do.
 *   <li>{@code Decider} chooses.
 *   <li>{@link Actor} does it to Jobs and the finalizer, one write to the migration at most.
 *   <li>{@link Reporter} writes the status when it differs, and reports what changed.
 * </ol>
 *
 * <p>More than 25 types, in one package so that only it has a client for them.
 */
@NullMarked
package dev.sluice.operator.controller;

import org.jspecify.annotations.NullMarked;
