package dev.sluice.migrations.liquibase;

import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.database.Database;

/** What {@code ${}} in a changelog may name: its own properties, and those of the database. */
final class ChangelogParameters {
  private ChangelogParameters() {}

  static ChangeLogParameters of(Database database, Contexts contexts, LabelExpression labels) {
    var parameters = new ChangeLogParameters(database);
    forgetEnvironment(parameters);
    parameters.setContexts(contexts);
    parameters.setLabels(labels);
    return parameters;
  }

  /**
   * Liquibase puts all environment variables and system properties in, and has no switch for it;
   * the environment of a pod is no part of a changelog, and may hold secrets.
   */
  private static void forgetEnvironment(ChangeLogParameters parameters) {
    try {
      var field = ChangeLogParameters.class.getDeclaredField("systemParameters");
      field.setAccessible(true);
      ((List<?>) field.get(parameters)).clear();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another Liquibase than this was built for", e);
    }
  }
}
