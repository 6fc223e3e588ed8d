package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LedgerLock;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All of a changelog on a database of its own, and then once more, which must run nothing. */
public record ReplayRun(Session session, RunRequest request, Engines engines, RunContext context) {
  /**
   * What came of it.
   *
   * @param applied changesets that ran the first time
   * @param failure what ended it
   */
  public record Result(List<String> applied, Optional<Failure> failure) {
    public Result {
      applied = List.copyOf(applied);
    }

    private static Result failed(Failure failure) {
      return new Result(List.of(), Optional.of(failure));
    }
  }

  public Result replayed(Replay replay) throws SQLException {
    var place = LedgerLookup.of(session, request);
    if (place.isEmpty()) {
      return Result.failed(DatabaseFailures.noSchema(request.ledger(), "changelog.ledger.schema"));
    }
    var ledger = place.get().ledger();
    return switch (engines.open(session, ledger, request, context, ChangelogUse.REPLAY)) {
      case Engine.Opening.Failed(var failure) -> Result.failed(failure);
      case Engine.Opening.Opened(var opened) -> {
        try (var engine = opened) {
          engine.leaveTransaction();
          yield locked(engine, ledger, replay);
        }
      }
    };
  }

  private Result locked(Engine engine, Ledger ledger, Replay replay) {
    var owner = request.connection().destination().applicationName();
    try (var lock = new LedgerLock(session, ledger, owner, context.stop(), context.events())) {
      Attempt<LedgerLock> held = lock.held(patience());
      var missed = StopFailures.fold(held, _ -> Optional.<Failure>empty(), Optional::of);
      return missed.map(Result::failed).orElseGet(() -> twice(engine, lock.proof(), replay));
    }
  }

  private Patience patience() {
    var connection = request.connection();
    return new Patience(
        context.stop(), context.events(), connection.poll(), connection.wrongPassword());
  }

  private Result twice(Engine engine, LockProof lock, Replay replay) {
    var first = engine.replay(lock, replay);
    if (first.failure().isPresent()) {
      return new Result(first.applied(), first.failure());
    }
    try {
      var always =
          engine.pending().items().stream()
              .filter(Pending.Item::alwaysRuns)
              .map(Pending.Item::name)
              .collect(Collectors.toSet());
      engine.leaveTransaction();
      var again = engine.replay(lock, replay);
      var failure =
          again
              .failure()
              .map(ReplayRun::theSecondTime)
              .or(() ->
                  again.applied().stream()
                      .filter(name -> !always.contains(name))
                      .findFirst()
                      .map(ReplayRun::runsTwice));
      return new Result(first.applied(), failure);
    } catch (Exception e) {
      return new Result(first.applied(), Optional.of(engine.failure(e)));
    }
  }

  private static Failure theSecondTime(Failure failure) {
    return failure.message("when it ran a second time: " + failure.message());
  }

  private static Failure runsTwice(String name) {
    return Failure.of(Reason.STILL_PENDING, "it ran once more although the ledger has it")
        .in(name, name.split("::", 2)[0])
        .hint("see whether a changeset or a trigger edits the ledger");
  }
}
