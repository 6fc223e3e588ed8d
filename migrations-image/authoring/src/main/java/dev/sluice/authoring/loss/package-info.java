/** What of a database's data a change takes away, per object. */
@NullMarked
package dev.sluice.authoring.loss;

import org.jspecify.annotations.NullMarked;
