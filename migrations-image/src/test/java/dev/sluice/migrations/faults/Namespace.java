package dev.sluice.migrations.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;

/** A network namespace of the kernel's, with one wire out of it. */
final class Namespace implements AutoCloseable {
  private final String name = "sluice-" + ProcessHandle.current().pid();

  /** Where the outside is, for those within. */
  static final String OUTSIDE = "198.18.77.1";

  private static final String INSIDE = "198.18.77.2";

  /** Skips the test where there can be none. */
  static Namespace made() {
    var namespace = new Namespace();
    assumeTrue(
        Command.works("ip", "netns", "add", namespace.name),
        "only root, with iproute2 and nftables, may make a network namespace");
    try {
      namespace.wire();
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
    return namespace;
  }

  private void wire() {
    var device = "sl" + ProcessHandle.current().pid();
    Command.run(words("ip link add", device, "type veth peer name in0 netns", name));
    Command.run(words("ip addr add", OUTSIDE + "/30 dev", device));
    Command.run(words("ip link set", device, "up"));
    inside("ip addr add", INSIDE + "/30 dev in0");
    inside("ip link set in0 up");
    inside("nft add table inet cut");
    inside("nft add chain inet cut in { type filter hook input priority 0 ; }");
    inside("nft add chain inet cut out { type filter hook output priority 0 ; }");
  }

  /** In front of a command that is to run in it. */
  List<String> by() {
    return List.of("ip", "netns", "exec", name);
  }

  /** No packet gets through any more, and nobody is told. */
  void part() {
    inside("nft add rule inet cut in drop");
    inside("nft add rule inet cut out drop");
  }

  void heal() {
    inside("nft flush chain inet cut in");
    inside("nft flush chain inet cut out");
  }

  private void inside(String... words) {
    var all = new ArrayList<>(by());
    all.addAll(List.of(words(words)));
    Command.run(all.toArray(String[]::new));
  }

  private static String[] words(String... words) {
    return String.join(" ", words).split(" ", -1);
  }

  @Override
  public void close() {
    Command.works("ip", "netns", "del", name);
  }
}
