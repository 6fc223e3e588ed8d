@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
