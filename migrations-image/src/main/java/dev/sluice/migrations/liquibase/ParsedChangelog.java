package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.changelog.visitor.ValidatingVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.parser.core.xml.XMLChangeLogSAXParser;

/** A changelog and the changesets of it that these contexts and labels ask for. */
record ParsedChangelog(
    DatabaseChangeLog root,
    ChangelogParameters parameters,
    Contexts contexts,
    LabelExpression labels,
    Database database) {

  /** Liquibase's word for every checksum. */
  private static final String ANY = "1:any";

  static ParsedChangelog of(Changelog changelog, ChangelogFiles files, Database database)
      throws LiquibaseException {
    return of(changelog, files, database, ChangelogParameters.of(database, changelog));
  }

  /** As it would be if every property that is missing were a mark. */
  static ParsedChangelog marked(Changelog changelog, ChangelogFiles files, Database database)
      throws LiquibaseException {
    return of(changelog, files, database, ChangelogParameters.marking(database, changelog));
  }

  private static ParsedChangelog of(
      Changelog changelog, ChangelogFiles files, Database database, ChangelogParameters parameters)
      throws LiquibaseException {
    var parser = ChangeLogParserFactory.getInstance().getParser(changelog.path(), files);
    if (parser instanceof XMLChangeLogSAXParser xml) {
      xml.setShouldWarnOnMismatchedXsdVersion(false);
    }
    var root = parser.parse(changelog.path(), parameters, files);
    return new ParsedChangelog(
        root, parameters, parameters.getContexts(), parameters.getLabels(), database);
  }

  /** Liquibase finds out only when it writes the row. */
  Optional<Failure> nameless() {
    return root.getChangeSets().stream()
        .filter(changeSet -> changeSet.getId() == null || changeSet.getAuthor() == null)
        .map(ChangeSet::getFilePath)
        .findFirst()
        .map(file ->
            Failure.of(Reason.CHANGELOG_INVALID, file + ": a changeset lacks its id or its author")
                .in(null, file));
  }

  /** Most often it is a typo in a header. */
  Set<String> without(Set<String> sqlFiles) {
    var without = new TreeSet<>(sqlFiles);
    root.getChangeSets().forEach(changeSet -> without.remove(changeSet.getFilePath()));
    root.getChangeSets().stream()
        .filter(ParsedChangelog::isRaw)
        .forEach(c -> without.add(c.getFilePath()));
    return without;
  }

  private static boolean isRaw(ChangeSet changeSet) {
    return changeSet.getId().equals("raw") && changeSet.getAuthor().equals("includeAll");
  }

  /** Runs the preconditions of the changelog as a whole. */
  void validate() throws LiquibaseException {
    root.validate(database, contexts, labels);
  }

  /** The same without those preconditions: nothing of the changelog is executed. */
  void look() throws LiquibaseException {
    var visitor = new ValidatingVisitor(database.getRanChangeSetList());
    visit(
        visitor,
        List.of(
            new DbmsChangeSetFilter(database),
            new ContextChangeSetFilter(contexts),
            new LabelChangeSetFilter(labels)));
    if (!visitor.validationPassed()) {
      throw new ValidationFailedException(visitor);
    }
  }

  /**
   * A class may have a checksum of its own, so whether such a change was edited is seen only when
   * it is loaded; one that runs when it was edited counts as edited meanwhile.
   */
  void trustUnloadedChanges() {
    root.getChangeSets().stream()
        .filter(changeSet -> !changeSet.isRunOnChange())
        .filter(changeSet ->
            changeSet.getChanges().stream().anyMatch(UnloadedCustomChange.class::isInstance))
        .forEach(changeSet -> changeSet.addValidCheckSum(ANY));
  }

  /** Applied or not. */
  List<ChangeSet> changeSets() throws LiquibaseException {
    return collected(filters());
  }

  List<ChangeSet> pending() throws LiquibaseException {
    var filters = filters();
    filters.add(new ShouldRunChangeSetFilter(database));
    return collected(filters);
  }

  void visit(ChangeSetVisitor visitor) throws LiquibaseException {
    visit(visitor, filters());
  }

  private List<ChangeSet> collected(List<ChangeSetFilter> filters) throws LiquibaseException {
    var collector = new ChangeSetCollector();
    visit(collector, filters);
    return collector.changeSets();
  }

  private void visit(ChangeSetVisitor visitor, List<ChangeSetFilter> filters)
      throws LiquibaseException {
    new ChangeLogIterator(root, filters.toArray(ChangeSetFilter[]::new))
        .run(visitor, new RuntimeEnvironment(database, contexts, labels));
  }

  private List<ChangeSetFilter> filters() {
    return new ArrayList<>(
        List.of(
            new ContextChangeSetFilter(contexts),
            new LabelChangeSetFilter(labels),
            new DbmsChangeSetFilter(database),
            new IgnoreChangeSetFilter()));
  }
}
