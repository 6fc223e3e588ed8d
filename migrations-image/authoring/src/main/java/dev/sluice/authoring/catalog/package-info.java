/** What a database has that holds data, or is known by a name that people give. */
@NullMarked
package dev.sluice.authoring.catalog;

import org.jspecify.annotations.NullMarked;
