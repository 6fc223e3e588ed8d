/** What stands in for a service that the cluster of the tests doesn't have. */
@NullMarked
package dev.sluice.e2e.fake;

import org.jspecify.annotations.NullMarked;
