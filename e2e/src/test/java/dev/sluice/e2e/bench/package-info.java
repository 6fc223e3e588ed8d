/**
 * The operator at scale: {@code e2e/bench operator} starts an API server without nodes and this
 * program, which starts the operator, plays Job controller and kubelet, and measures.
 */
@NullMarked
package dev.sluice.e2e.bench;

import org.jspecify.annotations.NullMarked;
