@NullMarked
package dev.sluice.migrations;

import org.jspecify.annotations.NullMarked;
