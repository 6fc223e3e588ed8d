package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.util.List;

/** After another tool has run: whether its own history has all that it should. Changes nothing. */
public record Check(RunRequest request, Engines engines, RunContext context) {
  public Report report() {
    var missing = request.changelog().missing();
    if (missing.isPresent()) {
      return failed(hinted(missing.get()));
    }
    var frame = new OnSession<>(request.connection(), context, this::failed);
    return switch (engines.comparison(request, context)) {
      case Engines.Prepared.Refused(var failure) -> failed(failure);
      case Engines.Prepared.Ready(var comparison) ->
          frame.done(session ->
              switch (comparison.on(session)) {
                case Engines.Comparison.Result.Failed(var failure) -> frame.failed(failure);
                case Engines.Comparison.Result.Compared(var differences) -> report(differences);
              });
    };
  }

  private static Failure hinted(Failure missing) {
    return missing.reason() == Reason.CHANGELOG_MISSING
        ? missing.hint("see verify: changelogFile is relative to changelog, which is a folder")
        : missing;
  }

  private Report report(Differences differences) {
    return differences
        .failure()
        .map(this::failed)
        .orElseGet(() ->
            Report.succeeded(
                request.revision().revision(),
                List.of(),
                new ChangeSetCounts(differences.total(), 0, 0),
                List.of()));
  }

  private Report failed(Failure failure) {
    return Report.failed(request.revision().revision(), List.of(), null, failure);
  }
}
