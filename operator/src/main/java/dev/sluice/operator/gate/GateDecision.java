package dev.sluice.operator.gate;

import dev.sluice.api.GateReasons;
import dev.sluice.api.MigrationView;
import dev.sluice.operator.observation.SafeText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a pod may start. */
sealed interface GateDecision {
  /** All that it requires is applied. */
  record Open(String message) implements GateDecision {}

  /** It waits. */
  record Closed(Hold hold, String message) implements GateDecision {}

  /** Why a pod waits. */
  enum Hold {
    WAITING(GateReasons.WAITING, false),
    SUSPENDED(GateReasons.SUSPENDED, false),
    STALLED(GateReasons.STALLED, true),
    MISSING(GateReasons.MISSING, true),
    NOT_WANTED(GateReasons.NOT_WANTED, true),
    REQUIREMENT_INVALID(GateReasons.REQUIREMENT_INVALID, true),
    OPENING_REFUSED(GateReasons.OPENING_REFUSED, true);

    private final String reason;
    private final boolean warning;

    Hold(String reason, boolean warning) {
      this.reason = reason;
      this.warning = warning;
    }

    String reason() {
      return reason;
    }

    /** Nothing applies the revision unless a person acts. */
    boolean warning() {
      return warning;
    }
  }

  /** Decides; {@code migrations} gives a migration of the pod's namespace by its name. */
  static GateDecision decide(
      RequiredRevision.Parsed parsed, Function<String, RequiredMigration> migrations) {
    return switch (parsed) {
      case RequiredRevision.Parsed.Malformed(var problem) ->
          new Closed(Hold.REQUIREMENT_INVALID, problem);
      case RequiredRevision.Parsed.All(var all) -> decide(all, migrations);
    };
  }

  private static GateDecision decide(
      List<RequiredRevision> all, Function<String, RequiredMigration> migrations) {
    var closed =
        all.stream()
            .map(required -> missing(required, migrations.apply(required.migration())))
            .flatMap(Optional::stream)
            .toList();
    if (closed.isEmpty()) {
      return new Open(
          all.stream().map(RequiredRevision::toString).collect(Collectors.joining(", "))
              + (all.size() == 1 ? " is applied" : " are applied"));
    }
    return new Closed(
        worst(closed.stream().map(Closed::hold)).orElseThrow(),
        closed.stream().map(Closed::message).collect(Collectors.joining("; ")));
  }

  /** Why it waits, without the words: for whoever counts many. Empty: it may start. */
  static Optional<Hold> hold(
      RequiredRevision.Parsed parsed, Function<String, RequiredMigration> migrations) {
    return switch (parsed) {
      case RequiredRevision.Parsed.Malformed _ -> Optional.of(Hold.REQUIREMENT_INVALID);
      case RequiredRevision.Parsed.All(var all) ->
          worst(
              all.stream()
                  .flatMap(
                      required -> hold(required, migrations.apply(required.migration())).stream()));
    };
  }

  private static Optional<Hold> worst(Stream<Hold> holds) {
    return holds.max(Comparator.comparing(Hold::warning));
  }

  /** Why the revision isn't there; empty: it is. */
  private static Optional<Hold> hold(RequiredRevision required, RequiredMigration migration) {
    return switch (migration) {
      case RequiredMigration.Missing() -> Optional.of(Hold.MISSING);
      case RequiredMigration.Present(var view) ->
          view.has(required.revision()) ? Optional.empty() : Optional.of(hold(required, view));
    };
  }

  private static Hold hold(RequiredRevision required, MigrationView view) {
    if (view.wanted() != null && !view.wanted().equals(required.revision())) {
      return Hold.NOT_WANTED;
    }
    if (!view.current()) {
      return Hold.WAITING; // what the status says of an older spec may be over
    }
    return switch (view.state()) {
      case STALLED -> Hold.STALLED;
      case SUSPENDED -> Hold.SUSPENDED;
      case READY, RECONCILING, UNKNOWN -> Hold.WAITING;
    };
  }

  private static Optional<Closed> missing(RequiredRevision required, RequiredMigration migration) {
    return hold(required, migration)
        .map(hold ->
            new Closed(
                hold,
                switch (migration) {
                  case RequiredMigration.Missing() ->
                      "waits for %s: there is no DatabaseMigration %s in this namespace"
                          .formatted(required, required.migration());
                  case RequiredMigration.Present(var view) ->
                      "waits for " + required + why(hold, required, view);
                }));
  }

  private static String why(Hold hold, RequiredRevision required, MigrationView view) {
    return switch (hold) {
      case NOT_WANTED ->
          ", which is unknown to %s: its status doesn't list it and its spec asks for %s; if the database has it, the annotation sluice.dev/retry on %s asks the database"
              .formatted(required.migration(), view.wanted(), required.migration());
      case STALLED ->
          ", which has stalled: " + SafeText.cut(view.reason() + ": " + view.message(), 500);
      case SUSPENDED -> ", which is suspended";
      case WAITING, MISSING, REQUIREMENT_INVALID, OPENING_REFUSED -> "";
    };
  }
}
