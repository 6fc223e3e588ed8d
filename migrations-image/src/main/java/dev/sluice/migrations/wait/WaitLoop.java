package dev.sluice.migrations.wait;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Waits until all is applied. */
final class WaitLoop {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final List<RequiredRevision> requirements;
  private final String namespace;
  private final ApiServer server;
  private final WaitLimit deadline;
  private final WaitLog log;
  private final PollIntervals pauses = new PollIntervals();

  /** What was seen last, by name of migration. */
  private final Map<String, ApiAnswer> seen = new LinkedHashMap<>();

  private boolean mayWatch = true;

  WaitLoop(
      List<RequiredRevision> requirements,
      String namespace,
      ApiServer server,
      WaitLimit deadline,
      WaitLog log) {
    this.requirements = requirements;
    this.namespace = namespace;
    this.server = server;
    this.deadline = deadline;
    this.log = log;
  }

  /** False: the deadline came first. */
  boolean untilApplied() throws InterruptedException {
    for (look(); lacking().isPresent(); look()) {
      tell();
      if (deadline.over()) {
        return false;
      }
      Thread.sleep(deadline.atMost(rest(lacking().orElseThrow())));
      if (deadline.over()) {
        return false;
      }
    }
    log.note(names() + (requirements.size() == 1 ? " is applied" : " are applied"));
    return true;
  }

  /** At all, up to one that can't be had: the others can't either. */
  private void look() {
    seen.clear();
    for (var requirement : requirements) {
      var name = requirement.migration();
      if (!seen.containsKey(name)) {
        var answer = server.get(name, deadline.atMost(ANSWER));
        seen.put(name, answer);
        if (answer instanceof ApiAnswer.Failed) {
          return;
        }
      }
    }
  }

  /** Watches as far as that is possible; the pause until the next look. */
  private Duration rest(RequiredRevision requirement) {
    var failure = failure();
    if (failure.isPresent()) {
      return pauses.afterFailure(failure.get().pause());
    }
    return switch (seen.get(requirement.migration())) {
      case ApiAnswer.Found _, ApiAnswer.Missing _ ->
          mayWatch ? watched(requirement.migration()) : pauses.poll();
      case ApiAnswer.Forbidden _, ApiAnswer.NoSuchKind _, ApiAnswer.Failed _ -> pauses.poll();
      case null -> pauses.poll();
    };
  }

  private Optional<ApiAnswer.Failed> failure() {
    return seen.values().stream()
        .filter(ApiAnswer.Failed.class::isInstance)
        .map(ApiAnswer.Failed.class::cast)
        .findFirst();
  }

  private Duration watched(String migration) {
    var length = deadline.atMost(pauses.watch());
    var trouble =
        server.watch(
            migration,
            length,
            now -> {
              seen.put(migration, now);
              tell();
              return lacks(migration);
            });
    return switch (trouble.orElse(null)) {
      case ApiAnswer.Forbidden(var message) -> {
        mayWatch = false;
        log.note("may not watch, and looks every few seconds instead: " + message);
        yield pauses.poll();
      }
      case ApiAnswer.Failed(_, var pause) -> pauses.afterFailure(pause);
      case ApiAnswer.Found _, ApiAnswer.Missing _, ApiAnswer.NoSuchKind _ -> pauses.poll();
      case null -> lacks(migration) ? pauses.afterWatch() : pauses.beforeTheLast();
    };
  }

  private Optional<RequiredRevision> lacking() {
    return requirements.stream().filter(r -> why(r).isPresent()).findFirst();
  }

  private boolean lacks(String migration) {
    return requirements.stream()
        .anyMatch(r -> r.migration().equals(migration) && why(r).isPresent());
  }

  private Optional<String> why(RequiredRevision requirement) {
    return WaitMessages.lacks(requirement, seen.get(requirement.migration()), namespace);
  }

  private void tell() {
    var failure = failure();
    var lacking =
        failure.isPresent()
            ? names() + ": the API server " + failure.get().what()
            : requirements.stream()
                .flatMap(r -> why(r).map(why -> r + ": " + why).stream())
                .collect(Collectors.joining("; "));
    if (!lacking.isEmpty()) {
      log.tell("waits for " + lacking);
    }
  }

  private String names() {
    return requirements.stream().map(RequiredRevision::toString).collect(Collectors.joining(", "));
  }
}
