package dev.sluice.migrations.postgres;

import java.util.Set;

/** Which failures of a server may pass by themselves; everything else is permanent. */
public final class SqlStates {
  static final String CANCELLED = "57014";
  static final String NO_RIGHT = "42501";

  private static final Set<String> MAY_PASS =
      Set.of(
          "25006", // read-only: a failover
          "40001", // serialization failure
          "40P01", // deadlock
          "53100", // disk full
          "53200", // out of memory
          "53300", // too many connections
          "55P03", // lock timeout
          CANCELLED, // statement timeout
          "57P01", // admin shutdown
          "57P02", // crash shutdown
          "57P03", // starting up
          "57P05", // idle session timeout
          "58030"); // I/O error
  private static final Set<String> ROTATING = Set.of("28P01", "28000");
  private static final String NO_SUCH_DATABASE = "3D000";

  private SqlStates() {}

  public static boolean mayPass(String state) {
    return state.startsWith("08") || MAY_PASS.contains(state);
  }

  /** A password or token that is being rotated looks like this for a while. */
  static boolean isAuthentication(String state) {
    return ROTATING.contains(state);
  }

  /** While connecting, a database that isn't made yet may come as well. */
  static boolean mayPassWhileConnecting(String state) {
    return mayPass(state) || state.equals(NO_SUCH_DATABASE);
  }
}
