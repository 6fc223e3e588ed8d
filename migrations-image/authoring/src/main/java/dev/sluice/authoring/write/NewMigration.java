package dev.sluice.authoring.write;

import java.util.List;

/**
 * A migration that is to be written.
 *
 * @param heading lines of comment in front, without their marks
 * @param statements without the semicolons that end them
 */
public record NewMigration(MigrationName name, List<String> heading, List<String> statements) {
  public NewMigration {
    heading = List.copyOf(heading);
    statements = List.copyOf(statements);
  }

  /** The text of its file, with that between two statements. */
  String text(String between) {
    var text = new StringBuilder();
    heading.forEach(line -> text.append(line.isEmpty() ? "--" : "-- " + line).append('\n'));
    for (var i = 0; i < statements.size(); i++) {
      text.append(i == 0 ? "" : between).append(ended(statements.get(i)));
    }
    return text.isEmpty() || text.charAt(text.length() - 1) == '\n'
        ? text.toString()
        : text.append('\n').toString();
  }

  private static String ended(String statement) {
    return statement.endsWith(";") ? statement : statement + ";";
  }
}
