package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.Changelog;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.exception.UnknownChangeLogParameterException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${}} in a changelog may name: what the run was given, which wins, its own properties,
 * and those of the database. Notes the names that it was asked for and that nobody gave.
 */
final class ChangelogParameters extends ChangeLogParameters {
  /** Anything else in braces isn't meant as a property, as a JSON object after a dollar quote. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  /** Characters that no changelog has. */
  private static final String BEGIN = "\uE0F1";

  private static final String END = "\uE0F2";
  private static final Pattern MARKED = Pattern.compile(BEGIN + "([^" + END + "]+)" + END);

  private static final Pattern ESCAPED = Pattern.compile("\\$\\{:[^}]*}");

  private final boolean marking;
  private final Set<String> missing = new TreeSet<>();

  private ChangelogParameters(Database database, Changelog changelog, boolean marking) {
    super(database);
    this.marking = marking;
    forgetEnvironment();
    setContexts(new Contexts(changelog.contexts()));
    setLabels(new LabelExpression(changelog.labels()));
    changelog.parameters().forEach(this::set);
  }

  static ChangelogParameters of(Database database, Changelog changelog) {
    return new ChangelogParameters(database, changelog, false);
  }

  /** These put a mark where a property is missing, which {@link #marksIn} finds. */
  static ChangelogParameters marking(Database database, Changelog changelog) {
    return new ChangelogParameters(database, changelog, true);
  }

  static Set<String> marksIn(String text) {
    return MARKED
        .matcher(text)
        .results()
        .map(mark -> mark.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Liquibase expands YAML twice: what was escaped would be a property the second time. */
  @Override
  public String expandExpressions(String text, DatabaseChangeLog changelog)
      throws UnknownChangeLogParameterException {
    return super.expandExpressions(
        marking && text != null ? ESCAPED.matcher(text).replaceAll("escaped") : text, changelog);
  }

  /** So far: Liquibase reads some files only later. */
  boolean someAreMissing() {
    return !missing.isEmpty();
  }

  @Override
  public @Nullable Object getValue(String key, DatabaseChangeLog changelog) {
    var value = super.getValue(key, changelog);
    if (value != null || !NAME.matcher(key).matches()) {
      return value;
    }
    missing.add(key);
    return marking ? BEGIN + key + END : null;
  }

  /**
   * Liquibase puts all environment variables and system properties in, and has no switch for it;
   * the environment of a pod is no part of a changelog, and may hold secrets.
   */
  private void forgetEnvironment() {
    try {
      var field = ChangeLogParameters.class.getDeclaredField("systemParameters");
      field.setAccessible(true);
      ((List<?>) field.get(this)).clear();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another Liquibase than this was built for", e);
    }
  }
}
