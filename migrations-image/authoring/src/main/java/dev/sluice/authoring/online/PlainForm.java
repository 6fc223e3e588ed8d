package dev.sluice.authoring.online;

import dev.sluice.authoring.write.MigrationName;
import dev.sluice.authoring.write.NewMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One migration; values of enumerations come before it in one of their own, for what uses them
 * takes a commit in between.
 */
public final class PlainForm {
  private static final Pattern ADD_VALUE = Pattern.compile("(?s)ALTER TYPE \\S+\\s+ADD VALUE .*");

  private PlainForm() {}

  /** {@code renames} come first. */
  public static List<NewMigration> of(
      MigrationName name, List<String> renames, List<String> statements) {
    var migrations = new ArrayList<NewMigration>();
    var main = main(name, renames, statements, migrations);
    if (!main.isEmpty()) {
      migrations.add(new NewMigration(name, List.of(), main));
    }
    return migrations;
  }

  /** What is left for the main migration when its values have one. */
  static List<String> main(
      MigrationName name,
      List<String> renames,
      List<String> statements,
      List<NewMigration> migrations) {
    var values = statements.stream().filter(s -> ADD_VALUE.matcher(s).matches()).toList();
    var rest = statements.stream().filter(s -> !ADD_VALUE.matcher(s).matches()).toList();
    var first = new ArrayList<>(renames);
    if (values.isEmpty() || rest.isEmpty()) {
      first.addAll(statements);
      return first;
    }
    first.addAll(values);
    migrations.add(new NewMigration(name.with("values"), List.of(), first));
    return rest;
  }
}
