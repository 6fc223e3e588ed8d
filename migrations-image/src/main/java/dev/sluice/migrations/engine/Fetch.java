package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Login;
import dev.sluice.migrations.database.LoginSource;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Failure;

/** A login for another tool, fetched as patiently as a run does it. */
public sealed interface Fetch {
  record Got(Login login) implements Fetch {}

  record Failed(Failure failure) implements Fetch {}

  static Fetch of(LoginSource logins, Stop stop, Progress progress) {
    var patience = new Patience(stop, progress, Order.POLL, Order.WRONG_PASSWORD);
    return Failures.fold(patience.login(logins), Got::new, Failed::new);
  }
}
