package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.postgres.SocketConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program of a throw-away server, and how it is set.
 *
 * @param port of its socket, and of the loopback address if it listens there
 * @param settings in words that follow {@code -c}; of two that are alike the last wins
 * @param clients who gets in, as {@code pg_hba.conf} says it; empty: as the data has it
 */
record ServerProgram(
    PostgresHome home, int major, int port, List<String> settings, Optional<String> clients) {
  /** The folder of its data, in its own. */
  static final String DATA = "data";

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=",
          "unix_socket_permissions=0700",
          "max_connections=20",
          // as many locks in all as a server with more connections has
          "max_locks_per_transaction=1024",
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off",
          "autovacuum=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_logical_replication_workers=0",
          // a transaction that made a table goes through all of them
          "shared_buffers=4MB",
          "dynamic_shared_memory_type=mmap",
          "jit=off",
          "lc_messages=C",
          "log_min_messages=warning",
          "log_min_error_statement=panic");

  /** Of one that stays up for a while, and that others use. */
  private static final List<String> LISTENING =
      List.of(
          "listen_addresses=127.0.0.1",
          "max_connections=100",
          "autovacuum=on",
          "shared_buffers=32MB");

  /** Only who may look into its folder gets in without a password. */
  private static final String BY_PASSWORD =
      "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";

  /** Since 18, which has processes of its own for it otherwise. */
  private static final String NO_READERS = "io_method=sync";

  private static final int HAS_READERS = 18;

  ServerProgram {
    settings = List.copyOf(settings);
  }

  static ServerProgram behindSocket(PostgresHome home, int major) {
    return new ServerProgram(
        home, major, SocketConnector.PORT, settings(major, List.of()), Optional.empty());
  }

  /** For programs of this machine too, which have to know a password. */
  static ServerProgram listening(PostgresHome home, int major, int port) {
    return new ServerProgram(
        home, major, port, settings(major, LISTENING), Optional.of(BY_PASSWORD));
  }

  private static List<String> settings(int major, List<String> more) {
    var all = new ArrayList<>(SETTINGS);
    if (major >= HAS_READERS) {
      all.add(NO_READERS);
    }
    all.addAll(more);
    return all;
  }

  /** Why it can't be had here, if so. */
  Optional<String> lacking() {
    return home.lacking(major);
  }

  Path emptyData() {
    return home.data(major);
  }

  /**
   * In a folder that has its data.
   *
   * @param as words before its own: as whom it is started
   */
  Process start(Path folder, List<String> as) throws IOException {
    if (clients.isPresent()) {
      Files.writeString(folder.resolve(DATA).resolve("pg_hba.conf"), clients.get());
    }
    var command = new ArrayList<>(as);
    command.add(home.program(major).toAbsolutePath().toString());
    command.addAll(List.of("-D", folder.resolve(DATA).toString()));
    command.addAll(List.of("-k", folder.toString(), "-p", String.valueOf(port)));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    // nothing of what this program was given, passwords among it
    builder.environment().clear();
    builder.environment().put("LD_LIBRARY_PATH", home.libraries().toAbsolutePath().toString());
    builder.environment().put("TZ", "UTC");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(log(folder).toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  static Path log(Path folder) {
    return folder.resolve("log");
  }
}
