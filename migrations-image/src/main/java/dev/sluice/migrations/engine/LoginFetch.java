package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Login;
import dev.sluice.migrations.database.LoginSource;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.report.Failure;

/** A login for another tool, fetched as patiently as a run does it. */
public sealed interface LoginFetch {
  record Got(Login login) implements LoginFetch {}

  record Failed(Failure failure) implements LoginFetch {}

  static LoginFetch of(LoginSource logins, RunContext context) {
    var patience =
        new Patience(
            context.stop(),
            context.events(),
            ConnectionRequest.POLL,
            ConnectionRequest.WRONG_PASSWORD);
    return StopFailures.fold(patience.until(logins::read), Got::new, Failed::new);
  }
}
