package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.UnexpectedFailure;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.report.ErrorWords;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.change.core.LoadDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.exception.ChangeLogParseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.SetupException;
import liquibase.exception.UnknownChangelogFormatException;
import liquibase.exception.ValidationFailedException;
import liquibase.precondition.FailedPrecondition;
import org.jspecify.annotations.Nullable;

/** Translates what Liquibase throws, once; its own messages embed the SQL that failed. */
final class LiquibaseFailures {
  private static final String NO_SUCH_COLUMN = "42703";
  private static final String MISMATCH =
      "put it back as it was and make the change in a new changeset, or accept it by validCheckSum";

  private LiquibaseFailures() {}

  static Failure of(Throwable thrown, @Nullable ChangeSet current) {
    if (UnexpectedFailure.isOutOfMemory(thrown)) {
      return current == null
          ? UnexpectedFailure.of(thrown)
          : UnexpectedFailure.of(thrown).in(ChangeSetNames.of(current), current.getFilePath());
    }
    var outside = Causes.first(thrown, OutsideOfTheRootException.class);
    if (outside.isPresent()) {
      return outside(outside.get());
    }
    var validation = Causes.first(thrown, ValidationFailedException.class);
    if (validation.isPresent()) {
      return invalid(validation.get());
    }
    if (Causes.first(thrown, LockLostException.class).isPresent()) {
      return DatabaseFailures.lockLost("the changeset before this one")
          .in(
              current == null ? null : ChangeSetNames.of(current),
              current == null ? null : current.getFilePath());
    }
    if (current == null) {
      return outsideOfChangeSets(thrown);
    }
    return inside(thrown, current).in(ChangeSetNames.of(current), current.getFilePath());
  }

  private static Failure outside(OutsideOfTheRootException thrown) {
    return Failure.of(
            Reason.CHANGELOG_INVALID,
            "a file that is referred to is outside of the changelog's root: " + thrown.path())
        .in(null, thrown.path())
        .hint("put it below the root, itself and not a link to it, and refer to it there");
  }

  private static Failure inside(Throwable thrown, ChangeSet current) {
    var said = ServerError.in(thrown);
    if (said.isPresent()) {
      return DatabaseFailures.ofChangeSet(loadsData(current) ? valueless(said.get()) : said.get());
    }
    var precondition =
        Stream.concat(
                Causes.first(thrown, PreconditionFailedException.class).stream(),
                Causes.first(thrown, PreconditionErrorException.class).stream())
            .findFirst();
    return precondition.isPresent()
        ? Failure.of(
            Reason.PRECONDITION_FAILED,
            PreconditionText.saying(
                current.getPreconditions(),
                precondition.get() instanceof PreconditionErrorException,
                words(precondition.get())))
        : Failure.of(Reason.CHANGE_SET_FAILED, Causes.words(Causes.deepest(thrown)));
  }

  /** Which of them failed, rather than that one did. */
  private static String words(Throwable precondition) {
    var each =
        precondition instanceof PreconditionFailedException failed
            ? failed.getFailedPreconditions().stream()
                .map(FailedPrecondition::getMessage)
                .filter(Objects::nonNull)
                .map(Causes::cleaned)
                .collect(Collectors.joining("; "))
            : "";
    return each.isEmpty() ? Causes.words(precondition) : each;
  }

  /** Liquibase sends a value that it takes for a number without quotes: then it is a name. */
  private static ServerError valueless(ServerError said) {
    return said.sqlState().equals(NO_SUCH_COLUMN)
        ? new ServerError(said.sqlState(), ErrorWords.withoutQuoted(said.message()))
        : said;
  }

  private static boolean loadsData(ChangeSet changeSet) {
    return changeSet.getChanges().stream().anyMatch(LoadDataChange.class::isInstance);
  }

  private static Failure outsideOfChangeSets(Throwable thrown) {
    var said = ServerError.in(thrown);
    if (said.isPresent()) {
      return DatabaseFailures.of(said.get());
    }
    var unreadable =
        Causes.first(thrown, ChangeLogParseException.class).isPresent()
            || Causes.first(thrown, SetupException.class).isPresent()
            || Causes.first(thrown, UnknownChangelogFormatException.class).isPresent();
    if (unreadable || Causes.first(thrown, LiquibaseException.class).isPresent()) {
      return ParseFailures.failure(thrown);
    }
    return Causes.first(thrown, LinkageError.class).isPresent()
        ? ParseFailures.failure(thrown)
        : UnexpectedFailure.of(thrown);
  }

  private static Failure invalid(ValidationFailedException thrown) {
    if (!thrown.getInvalidMD5Sums().isEmpty()) {
      var first = thrown.getInvalidMD5Sums().getFirst();
      var changeSet = first.split(" was: ", 2)[0];
      var count = thrown.getInvalidMD5Sums().size();
      var message = "was edited after it was applied: " + first;
      return Failure.of(
              Reason.CHECKSUM_MISMATCH,
              count == 1 ? message : message + ", and " + (count - 1) + " more")
          .in(changeSet, changeSet.split("::", 2)[0])
          .hint(MISMATCH);
    }
    var message = Causes.words(thrown);
    return message.contains("preconditions failed")
        ? Failure.of(Reason.PRECONDITION_FAILED, message)
        : Failure.of(Reason.CHANGELOG_INVALID, message);
  }
}
