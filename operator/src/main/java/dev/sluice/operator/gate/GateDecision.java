package dev.sluice.operator.gate;

import dev.sluice.api.GateReasons;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a pod may pass. */
sealed interface GateDecision {
  /** All that it requires is applied. */
  record Open(String message) implements GateDecision {}

  /** What it waits for; {@code warning}: that nothing on its way brings it. */
  record Closed(boolean warning, String reason, String message) implements GateDecision {}

  /** Decides; {@code known} gives what is known of a migration of the pod's namespace. */
  static GateDecision decide(
      RequiredRevision.Asked asked, Function<String, RequiredMigration> known) {
    return switch (asked) {
      case RequiredRevision.Asked.Malformed(var problem) ->
          new Closed(true, GateReasons.REQUIREMENT_INVALID, problem);
      case RequiredRevision.Asked.All(var all) -> decide(all, known);
    };
  }

  private static GateDecision decide(
      List<RequiredRevision> all, Function<String, RequiredMigration> known) {
    var closed =
        all.stream()
            .map(requirement -> known.apply(requirement.migration()).lacks(requirement))
            .flatMap(Optional::stream)
            .toList();
    if (closed.isEmpty()) {
      return new Open(
          all.stream().map(RequiredRevision::toString).collect(Collectors.joining(", "))
              + (all.size() == 1 ? " is applied" : " are applied"));
    }
    var worst = closed.stream().max(Comparator.comparing(Closed::warning)).orElseThrow();
    return new Closed(
        worst.warning(),
        worst.reason(),
        closed.stream().map(Closed::message).collect(Collectors.joining("; ")));
  }
}
