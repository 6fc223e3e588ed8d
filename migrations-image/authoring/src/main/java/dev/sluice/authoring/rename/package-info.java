/** What was renamed, which no comparison can know: candidates, questions, answers. */
@NullMarked
package dev.sluice.authoring.rename;

import org.jspecify.annotations.NullMarked;
