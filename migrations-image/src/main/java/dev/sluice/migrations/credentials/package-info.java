/** Where user name and password come from; the only package that knows the AWS SDK. */
@NullMarked
package dev.sluice.migrations.credentials;

import org.jspecify.annotations.NullMarked;
