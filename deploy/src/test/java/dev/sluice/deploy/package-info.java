/**
 * The chart, the manifests and the examples, as an API server and the tools of their users take
 * them.
 *
 * <p>One package for many classes: a class per file or tool that is tried, and fixtures that they
 * share.
 */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
