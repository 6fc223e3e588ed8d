package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.exception.ChangeLogParseException;
import org.xml.sax.SAXParseException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A changelog that can't be read: the file and the line, dug out of what the parsers throw. */
final class ParseFailures {
  /** How Liquibase names the file, in its several ways. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:Syntax error in file|Error parsing line \\d+ column \\d+ of|Error parsing"
              + "|Unexpected formatting at line \\d+ of|in file)\\s+'?(\\S+?)'?\\s*:");

  private static final Pattern NOT_FOUND = Pattern.compile("The file (\\S+) was not found");

  private ParseFailures() {}

  static Failure failure(Throwable thrown) {
    var missing =
        Causes.chain(thrown)
            .map(t -> NOT_FOUND.matcher(String.valueOf(t.getMessage())))
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .findFirst();
    if (missing.isPresent()) {
      return Failure.of(
              Reason.CHANGELOG_INVALID, "a file that is referred to isn't there: " + missing.get())
          .in(null, missing.get())
          .hint("paths are relative to the root, or to the file with relativeToChangelogFile");
    }
    var absent = Causes.first(thrown, ClassNotFoundException.class);
    if (absent.isPresent()) {
      return Failure.of(
              Reason.CHANGELOG_INVALID,
              "the class "
                  + absent.get().getMessage()
                  + ", which the changelog names, isn't in the image")
          .hint(
              "put the jar that holds it into the folder "
                  + ChangelogClasses.FOLDER
                  + " below the root, or write it as SQL");
    }
    var file = file(thrown);
    var place = file.map(name -> name + line(thrown).map(line -> ":" + line).orElse("") + ": ");
    return Failure.of(Reason.CHANGELOG_INVALID, place.orElse("") + sentence(thrown))
        .in(null, file.orElse(null));
  }

  /** The innermost file: the one with the mistake, not those that include it. */
  private static Optional<String> file(Throwable thrown) {
    return Causes.chain(thrown)
        .filter(ChangeLogParseException.class::isInstance)
        .map(t -> FILE.matcher(String.valueOf(t.getMessage())))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .reduce((_, inner) -> inner);
  }

  private static Optional<Integer> line(Throwable thrown) {
    return Causes.chain(thrown)
        .map(ParseFailures::lineOf)
        .flatMap(Optional::stream)
        .reduce((_, inner) -> inner);
  }

  private static Optional<Integer> lineOf(Throwable thrown) {
    return switch (thrown) {
      case MarkedYAMLException yaml when yaml.getProblemMark() != null ->
          Optional.of(yaml.getProblemMark().getLine() + 1);
      case SAXParseException xml -> Optional.of(xml.getLineNumber());
      default -> Optional.empty();
    };
  }

  private static String sentence(Throwable thrown) {
    var yaml = Causes.first(thrown, MarkedYAMLException.class);
    if (yaml.isPresent()) {
      return Causes.cleaned(yaml.get().getProblem());
    }
    var deepest = Causes.deepest(thrown);
    var include = Causes.first(thrown, StackOverflowError.class);
    if (include.isPresent()) {
      return Causes.words(thrown);
    }
    return deepest instanceof ClassCastException
        ? "not of the form of a changelog: a list below databaseChangeLog"
        : Causes.words(deepest);
  }
}
