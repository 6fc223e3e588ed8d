/** Sluice with the tools by which people deliver: the real programs, as the pages show them. */
@NullMarked
package dev.sluice.e2e.delivery;

import org.jspecify.annotations.NullMarked;
