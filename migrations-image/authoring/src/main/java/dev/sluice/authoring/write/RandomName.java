package dev.sluice.authoring.write;

import java.util.List;
import java.util.random.RandomGenerator;

/** A pleasant name for a migration that nobody named. */
public final class RandomName {
  private static final List<String> HOW =
      List.of(
          "amber", "brave", "bright", "calm", "clear", "cosy", "crisp", "early", "fair", "gentle",
          "glad", "golden", "green", "honest", "keen", "kind", "light", "lucky", "mellow", "merry",
          "mild", "neat", "patient", "plain", "proud", "quiet", "ready", "silver", "still", "sunny",
          "swift", "warm");

  private static final List<String> WHAT =
      List.of(
          "badger", "beech", "birch", "brook", "canal", "cedar", "clover", "cove", "crane", "ferry",
          "finch", "harbour", "hazel", "heron", "island", "lagoon", "lock", "maple", "meadow",
          "mill", "oak", "orchard", "otter", "pine", "pond", "quay", "reed", "river", "robin",
          "sluice", "swan", "willow");

  private RandomName() {}

  public static MigrationName of(RandomGenerator random) {
    return new MigrationName(
        HOW.get(random.nextInt(HOW.size())) + "-" + WHAT.get(random.nextInt(WHAT.size())));
  }
}
