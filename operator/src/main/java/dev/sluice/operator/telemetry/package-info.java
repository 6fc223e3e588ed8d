/** Health and metrics over HTTP; counts migrations and waiting pods when it is asked. */
@NullMarked
package dev.sluice.operator.telemetry;

import org.jspecify.annotations.NullMarked;
