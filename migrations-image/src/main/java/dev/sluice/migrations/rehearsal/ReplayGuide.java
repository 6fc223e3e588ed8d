package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.sql.OutsideReach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Guides one replay, and judges what fails in it.
 *
 * <ol>
 *   <li>what the target had before its first migration is made, and the changeset tried again
 *   <li>what a rehearsal can't judge doesn't count: rights that it doesn't give, extensions that it
 *       hasn't got, what the target has and the changelog doesn't make
 *   <li>a changeset that the target has already can't stop anything
 *   <li>nor can one after those: it may miss what they would have made
 *   <li>every other failure ends the replay, and is one
 * </ol>
 */
final class ReplayGuide implements Replay {
  private static final Pattern WAIVER =
      Pattern.compile("(?m)^[ \\t]*(?:--|#)?[ \\t]*sluice:no-rehearsal\\b[ \\t]*(.*)$");
  private static final Pattern NO_EXTENSION =
      Pattern.compile("extension \"(.+?)\" is not available|control file \".*/(.+?)\\.control\"");
  private static final String NO_RIGHT = "42501";

  /** Those that reach out of the database, and that a rehearsal's server is without. */
  private static final Pattern NO_ROLE =
      Pattern.compile(
          "role \"pg_(?:execute_server_program|(?:read|write)_server_files|create_subscription)\"");

  private static final Pattern NOT_BUILT_IN =
      Pattern.compile(
          "compression method \\w+ not supported|not supported (?:by|in) this build"
              + "|could not load library|could not access file");

  /** SQL that may have a value from a table. */
  private static final Pattern LOOKS = Pattern.compile("(?i)\\b(?:select|do|call|perform)\\b");

  /** What a function of a stand-in raises. */
  private static final String STUB = "SLR01";

  private static final Set<String> UNDEFINED = Set.of("42P01", "42883", "42704", "3F000", "42703");

  private final RehearsalObserver observer;
  private final Prerequisites prerequisites;
  private final TargetObjects target;
  private final Predicate<String> isPending;
  private final boolean forTarget;
  private final Set<String> skipped = new LinkedHashSet<>();
  private final Set<String> unknownExtensions = new LinkedHashSet<>();
  private final List<Failure> passed = new ArrayList<>();
  private Optional<Failure> failure = Optional.empty();
  private Optional<String> broken = Optional.empty();
  private final UnmadeText unmade = new UnmadeText();
  private boolean isPartial;

  /** {@code forTarget}: there is a database that the migrations are for. */
  ReplayGuide(
      RehearsalObserver observer,
      Prerequisites prerequisites,
      TargetObjects target,
      Predicate<String> isPending,
      boolean forTarget) {
    this.observer = observer;
    this.prerequisites = prerequisites;
    this.target = target;
    this.isPending = isPending;
    this.forTarget = forTarget;
  }

  /** What wasn't tried, and why. */
  List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** The failures that didn't end the replay. */
  List<Failure> passed() {
    return List.copyOf(passed);
  }

  Optional<Failure> failure() {
    return failure;
  }

  /** The server is at its end, or its disk is full: what failed says nothing of the changeset. */
  Optional<String> broken() {
    return broken;
  }

  boolean isPartial() {
    return isPartial;
  }

  List<String> unknownExtensions() {
    return List.copyOf(unknownExtensions);
  }

  @Override
  public boolean isWatched() {
    return true;
  }

  @Override
  public ReplayObserver observer() {
    return observer;
  }

  @Override
  public Optional<String> leftOut(String changeSet, List<String> texts) {
    for (var text : texts) {
      var waiver = WAIVER.matcher(text);
      if (waiver.find()) {
        var reason = waiver.group(1).strip();
        var why = reason.isEmpty() ? "the waiver in its file has no reason" : reason;
        skipped.add(changeSet + ": " + why);
        texts.forEach(unmade::add);
        return Optional.of("not rehearsed: " + why);
      }
    }
    return Optional.empty();
  }

  @Override
  public void passedOver(String changeSet, String what) {
    isPartial |= isPending.test(changeSet);
    skipped.add(changeSet + ": " + what + ", which isn't SQL");
  }

  @Override
  public String sent(ReplayStep step) {
    var reach = OutsideReach.of(step.sql());
    unmade.sent(step, isPending.test(step.changeSet()));
    for (var outside : reach.outside()) {
      unmade.add(step.sql());
      skipped.add(step.changeSet() + ": " + outside + ", which reaches out of the database");
    }
    return reach.inside();
  }

  @Override
  public boolean mended(Failure failed) {
    return observer.broken().isEmpty()
        && (prerequisites.madeFor(failed)
            || (!isPending.test(String.valueOf(failed.changeSet()))
                && prerequisites.removedFor(failed)));
  }

  @Override
  public AfterFailure after(Failure failed) {
    return after(failed, isPending.test(String.valueOf(failed.changeSet())));
  }

  @Override
  public AfterFailure afterCallback(Failure failed) {
    return after(failed, true);
  }

  private AfterFailure after(Failure failed, boolean counts) {
    var state = String.valueOf(failed.sqlState());
    if (observer.broken().isPresent()) {
      broken = observer.broken();
      return AfterFailure.STOP;
    }
    if (isOfTheServer(state)) {
      broken = Optional.of("%s: %s".formatted(failed.changeSet(), failed.message()));
      return AfterFailure.STOP;
    }
    var noVerdict = noVerdict(failed, state);
    if (noVerdict.isPresent()) {
      isPartial = true;
      unmade.keep();
      skipped.add(failed.changeSet() + ": " + noVerdict.get() + ": " + failed.message());
      return AfterFailure.GO_ON;
    }
    if (!counts || !passed.isEmpty()) {
      isPartial = true;
      passed.add(failed);
      return AfterFailure.GO_ON;
    }
    failure = Optional.of(failed);
    return AfterFailure.STOP;
  }

  /** Connection lost, disk or memory full, shut down, I/O error. */
  private static boolean isOfTheServer(String state) {
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("58030");
  }

  /** What more rows may spare it; a value that was there already is no such failure. */
  private boolean needsRows(Failure failed, String state) {
    return switch (state) {
      case "23503" -> failed.message().startsWith("insert or update");
      case "23502", "22012", "P0001", "P0002", "P0004" -> LOOKS.matcher(unmade.current()).find();
      default -> false;
    };
  }

  private Optional<String> noVerdict(Failure failed, String state) {
    var extension = NO_EXTENSION.matcher(failed.message());
    if (extension.find()) {
      var name = extension.group(1) == null ? extension.group(2) : extension.group(1);
      unknownExtensions.add(name);
      return forTarget
          ? Optional.of("the rehearsal's server has no extension " + name)
          : Optional.empty();
    }
    if (state.equals(STUB)) {
      return Optional.of("a stand-in for what only the real server has");
    }
    if (state.equals(NO_RIGHT) || NO_ROLE.matcher(failed.message()).find()) {
      return Optional.of("it needs a right that a rehearsal doesn't give");
    }
    if (NOT_BUILT_IN.matcher(failed.message()).find()) {
      return Optional.of("the rehearsal's server is built without it");
    }
    if (needsRows(failed, state) && target.hasRows(unmade.current())) {
      return Optional.of("it may depend on rows that only the database has");
    }
    if (!UNDEFINED.contains(state)) {
      return Optional.empty();
    }
    if (!unmade.isTakenAway(failed.message())
        && target.hasWhatIsMissing(failed, unmade.current())) {
      return Optional.of("it depends on what the database has, and the changelog doesn't make");
    }
    return unmade.mentions(failed.message())
        ? Optional.of("it depends on what wasn't rehearsed")
        : Optional.empty();
  }
}
