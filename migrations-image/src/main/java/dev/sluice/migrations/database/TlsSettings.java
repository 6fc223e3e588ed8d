package dev.sluice.migrations.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the connection is secured; without a mode, the credentials' URL may say it. */
public record TlsSettings(
    @Nullable SslMode mode, @Nullable Path rootCertificates, @Nullable Client client) {
  public static final TlsSettings PREFER = new TlsSettings(SslMode.PREFER, null, null);

  /** Files of a client certificate and its key. */
  public record Client(Path certificate, Path key) {}

  /** As libpq has it, {@code require} with a CA file verifies the CA. */
  public TlsSettings with(SslMode chosen) {
    var effective =
        chosen == SslMode.REQUIRE && rootCertificates != null ? SslMode.VERIFY_CA : chosen;
    return new TlsSettings(effective, rootCertificates, client);
  }
}
