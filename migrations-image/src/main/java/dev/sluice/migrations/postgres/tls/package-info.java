/**
 * TLS for pgjdbc: whom to trust, the client's own certificate, and what a failed handshake means.
 */
@NullMarked
package dev.sluice.migrations.postgres.tls;

import org.jspecify.annotations.NullMarked;
