package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.serializer.LiquibaseSerializable;
import liquibase.serializer.core.string.StringChangeLogSerializer;

/**
 * {@code ${NAME}} in a pending changeset, where nobody gave the property: Liquibase would insert
 * that very text.
 *
 * <ol>
 *   <li>no property was missing while the changelog was read: done
 *   <li>else it is read once more, with marks where a property is missing, since an escaped text
 *       looks the same afterwards; a pending changeset with a mark is named
 * </ol>
 */
record MissingProperties(ParsedChangelog parsed, Database database) {
  /** What the second reading comes from. */
  @FunctionalInterface
  interface Reading {
    ParsedChangelog marked() throws LiquibaseException;
  }

  Optional<Failure> in(List<ChangeSet> pending, Reading reading) throws LiquibaseException {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    pending.forEach(this::readFilesOf);
    if (!parsed.parameters().someAreMissing()) {
      return Optional.empty();
    }
    var marked = reading.marked();
    var whole =
        marked.root().getPreconditions() == null
            ? ""
            : serialized(marked.root().getPreconditions());
    var ofAll = ChangelogParameters.marksIn(whole).stream().findFirst();
    if (ofAll.isPresent()) {
      return ofAll.map(name -> failure(name, parsed.root().getFilePath()));
    }
    var twins = marked.root().getChangeSets();
    var all = parsed.root().getChangeSets();
    for (var i = 0; i < Math.min(all.size(), twins.size()); i++) {
      if (pending.contains(all.get(i))) {
        var changeSet = all.get(i);
        var missing = ChangelogParameters.marksIn(text(twins.get(i))).stream().findFirst();
        if (missing.isPresent()) {
          return missing.map(name ->
              failure(name, ChangeSetNames.of(changeSet))
                  .in(ChangeSetNames.of(changeSet), changeSet.getFilePath()));
        }
      }
    }
    return Optional.empty();
  }

  private static Failure failure(String name, String place) {
    return Failure.of(
            Reason.CHANGELOG_INVALID,
            place + " names the property ${" + name + "}, and nobody gives it")
        .hint(
            "give it in changelog.parameters, or as a property of the changelog; or write ${:"
                + name
                + "} where this very text is meant");
  }

  /** Liquibase puts properties into the text of a file when it makes the statements of it. */
  private void readFilesOf(ChangeSet changeSet) {
    for (var change : changeSet.getChanges()) {
      if (!LiquibasePlan.fileOf(change).isEmpty()) {
        var _ = LiquibasePlan.statements(change, database).count();
      }
    }
  }

  private String text(ChangeSet changeSet) {
    var preconditions = changeSet.getPreconditions();
    return Stream.of(
            Stream.of(changeSet.getId(), changeSet.getAuthor()),
            Stream.ofNullable(preconditions).map(MissingProperties::serialized),
            changeSet.getSqlVisitors().stream().map(MissingProperties::serialized),
            changeSet.getChanges().stream().flatMap(this::texts))
        .flatMap(parts -> parts)
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> texts(Change change) {
    return Stream.concat(Stream.of(serialized(change)), LiquibasePlan.statements(change, database));
  }

  private static String serialized(LiquibaseSerializable part) {
    return new StringChangeLogSerializer().serialize(part, false);
  }
}
