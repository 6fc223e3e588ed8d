/** What a run would do, told in a digest that a person can say yes to. */
@NullMarked
package dev.sluice.migrations.plan;

import org.jspecify.annotations.NullMarked;
