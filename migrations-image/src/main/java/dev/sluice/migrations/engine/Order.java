package dev.sluice.migrations.engine;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.plan.Approval;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a run is asked to do, and how patient it is; a ledger without a name has the usual one. */
public record Order(
    Destination destination,
    CredentialSource credentials,
    Changelog changelog,
    boolean outOfOrderAllowed,
    Approval approval,
    @Nullable String ledgerSchema,
    @Nullable String ledgerTable,
    @Nullable String revision,
    String target,
    Duration poll,
    Duration wrongPassword) {
  public static final Duration POLL = Duration.ofSeconds(1);
  public static final Duration WRONG_PASSWORD = Duration.ofMinutes(2);
}
