package dev.sluice.operator.job;

import dev.sluice.api.Database;
import dev.sluice.api.Tls;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** libpq's variables, as far as the spec has them. */
final class Libpq {
  private static final int NAME = 63;

  private final SequencedMap<String, String> variables = new LinkedHashMap<>();

  private Libpq() {}

  static SequencedMap<String, String> of(RunOrder order) {
    var libpq = new Libpq();
    libpq.database(order.spec().database());
    var desired = order.desired();
    var revision = order.plan().input().revision();
    libpq.put(
        "PGAPPNAME", cut("sluice/" + desired.namespace() + "/" + desired.name() + "/" + revision));
    return libpq.variables;
  }

  private void database(Database database) {
    put("PGHOST", database.host());
    put("PGPORT", database.port() == null ? null : database.port().toString());
    put("PGDATABASE", database.name());
    put("PGSSLMODE", sslMode(database));
    var ca = database.tls().ca();
    put("PGSSLROOTCERT", ca == null ? null : Mounts.CA + "/" + ca.configMap().key());
    var client = database.tls().clientSecret();
    if (client != null) {
      put("PGSSLCERT", Mounts.CLIENT + "/" + client.certKey());
      put("PGSSLKEY", Mounts.CLIENT + "/" + client.keyKey());
    }
  }

  /** Null: a URL may say it, and the runner takes verify-full when it doesn't. */
  static @Nullable String sslMode(Database database) {
    var mode = database.tls().mode();
    if (mode != null) {
      return mode.libpq();
    }
    var secret = database.credentials().secret();
    return secret != null && secret.urlKey() != null ? null : Tls.Mode.VERIFY_FULL.libpq();
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  private static String cut(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME);
  }
}
