package dev.sluice.migrations.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.migrations.DebianPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of the kernel's, with one wire out of it that can be cut. */
final class Namespace implements AutoCloseable {
  private static final DebianPackage IP = new DebianPackage("iproute2", Path.of("/bin/ip"));
  private static final DebianPackage NFT = new DebianPackage("nftables", Path.of("/usr/sbin/nft"));
  private static final int OF_TWO_ADDRESSES = 16384;
  private static final List<String> FILTER =
      List.of(
          "add table inet cut",
          "add set inet cut parted { type inet_service ; }",
          "add set inet cut muted { type inet_service ; }",
          "add chain inet cut in { type filter hook input priority 0 ; }",
          "add chain inet cut out { type filter hook output priority 0 ; }",
          "add rule inet cut in tcp sport @parted drop",
          "add rule inet cut in tcp dport @parted drop",
          "add rule inet cut out tcp sport @parted drop",
          "add rule inet cut out tcp dport @parted drop",
          "add rule inet cut out tcp dport @muted drop",
          "add chain inet cut all_in { type filter hook input priority 1 ; }",
          "add chain inet cut all_out { type filter hook output priority 1 ; }");

  private final String name;
  private final String device;
  private final String network;
  private final int host;

  private Namespace(String name, String device, int number) {
    this.name = name;
    this.device = device;
    this.network = "198.18." + number / 64 + ".";
    this.host = number % 64 * 4;
  }

  /** Skips the test where there can be none; others of the machine's have other numbers. */
  static Namespace made(int number) throws IOException, InterruptedException {
    IP.installed();
    NFT.installed();
    var pid = ProcessHandle.current().pid();
    var namespace =
        new Namespace(
            "sluice-" + pid + "-" + number,
            "sl" + pid + "-" + number,
            Math.toIntExact((2 * pid + number) % OF_TWO_ADDRESSES));
    assumeTrue(
        Command.works("ip", "netns", "add", namespace.name),
        "only root may make a network namespace");
    try {
      namespace.wire();
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
    return namespace;
  }

  /** Where the outside is, for those within. */
  String outside() {
    return network + (host + 1);
  }

  /** Where those within are, for the outside. */
  String inside() {
    return network + (host + 2);
  }

  private void wire() {
    Command.run(words("ip link add", device, "type veth peer name in0 netns", name));
    Command.run(words("ip addr add", outside() + "/30 dev", device));
    Command.run(words("ip link set", device, "up"));
    within("ip addr add", inside() + "/30 dev in0");
    within("ip link set in0 up");
    within("ip link set lo up");
    within("nft", String.join(" ; ", FILTER));
  }

  /** In front of a command that is to run in it. */
  List<String> by() {
    return List.of("ip", "netns", "exec", name);
  }

  /** No packet gets through any more, and nobody is told. */
  void part() {
    within("nft add rule inet cut all_in drop ; add rule inet cut all_out drop");
  }

  void heal() {
    within("nft flush chain inet cut all_in ; flush chain inet cut all_out");
  }

  /** No packet of this port of the outside's. */
  void part(int port) {
    within("nft add element inet cut parted {", port + "}");
  }

  /** What is sent to this port of the outside's is lost, while what comes from there arrives. */
  void mute(int port) {
    within("nft add element inet cut muted {", port + "}");
  }

  void heal(int port) {
    within("nft delete element inet cut parted {", port + "}");
  }

  void unmute(int port) {
    within("nft delete element inet cut muted {", port + "}");
  }

  private void within(String... words) {
    var all = new ArrayList<>(by());
    all.addAll(List.of(words(words)));
    Command.run(all.toArray(String[]::new));
  }

  private static String[] words(String... words) {
    return String.join(" ", words).split(" ", -1);
  }

  /** The kernel keeps a namespace for as long as one of its connections lingers, and its wire. */
  @Override
  public void close() {
    Command.works("ip", "link", "del", device);
    Command.works("ip", "netns", "del", name);
  }
}
