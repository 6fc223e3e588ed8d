package dev.sluice.migrations.report;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be repeated of an error. PostgreSQL, its driver and Liquibase quote in their sentences
 * what they stumbled over: statements, and values of rows.
 *
 * <ol>
 *   <li>a statement is cut off, with all that follows it
 *   <li>what a syntax error or a value that doesn't fit quotes is taken out
 *   <li>names stay: they say where it is
 * </ol>
 */
public final class ErrorWords {
  private static final String SYNTAX = "42601";

  /** PostgreSQL's translations have quotes of their own. */
  private static final String QUOTES = "\"\u00ab\u00bb\u201c\u201d\u201e";

  private static final Pattern NEAR =
      Pattern.compile("(?<before>[^\"]*)\"(?<token>[^\"]*)\"(?<after>[^\"]*)", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern NAME = Pattern.compile("\"[\\p{L}\\p{N}_$.,*/-]*\"");
  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}'$]{1,3}");

  /** 22023, as if it were a value. */
  private static final Pattern ROLE = Pattern.compile("role \"[^\"]*\" does not exist");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "PL/pgSQL (function .+ line \\d+)(?: at [A-Za-z /]+)?|SQL (function \".+\" statement"
              + " \\d+)");
  private static final Pattern COPY = Pattern.compile("(COPY [^:]+, line \\d+).*");
  private static final Pattern ABORTED = Pattern.compile("(?s)Batch entry .* was aborted: ");
  private static final Pattern STATEMENT =
      Pattern.compile("(?s)( in SQL |\\[Failed SQL| Call getNextException|Error executing SQL ).*");
  private static final Pattern GOT = Pattern.compile("(?s) got '.*'");
  private static final Pattern VALUE =
      Pattern.compile("(?:(?<=[Vv]alue )'[^']*')|(?:'[^']*'(?= is not a valid value))");

  /** Classes whose messages name things: a value is there only by mistake, and looks like one. */
  private static final Set<String> NAMING = Set.of("08", "38", "39", "42", "58", "HV", "XX");

  private static final Set<String> KEYWORDS =
      Set.of(
          ("add all alter and any array as asc begin between by case cast check column commit"
                  + " constraint create cross cursor database declare default delete desc distinct"
                  + " do drop else end except exists false for foreign from full function grant"
                  + " group having if in index inner insert intersect into is join key language"
                  + " left like limit materialized natural not null offset on or order outer over"
                  + " partition primary procedure references returning returns revoke right role"
                  + " rollback schema select sequence set table then to trigger true truncate type"
                  + " union unique update user using values view when where with")
              .split(" "));

  private ErrorWords() {}

  /** The server's primary sentence. */
  public static String ofServer(String sqlState, String message) {
    if (sqlState.equals(SYNTAX)) {
      return syntax(message);
    }
    if (sqlState.startsWith("22")) {
      return ROLE.matcher(message).matches() ? withNames(message) : withoutQuoted(message);
    }
    return NAMING.stream().anyMatch(sqlState::startsWith) ? withNames(message) : message;
  }

  /** Advice of the server, or of whoever raised the error. */
  public static String ofHint(String hint) {
    return withNames(hint);
  }

  /**
   * Of the server's context only where it is: the innermost function and its line, or the line of a
   * COPY.
   */
  public static Optional<String> ofContext(String context) {
    return context.lines().flatMap(line -> place(line.strip()).stream()).findFirst();
  }

  /** A sentence of the driver's own. */
  public static String ofDriver(String sqlState, String message) {
    var words = ofLibrary(message);
    var value = sqlState.startsWith("22") ? words.indexOf(": ") : -1;
    return value < 0 ? words : words.substring(0, value).strip();
  }

  /** A sentence of Liquibase's, or of the parsers that it uses. */
  public static String ofLibrary(String message) {
    var words = ABORTED.matcher(message).replaceFirst("");
    words = STATEMENT.matcher(words).replaceFirst("");
    words = GOT.matcher(words).replaceFirst(" got another value");
    return VALUE.matcher(words).replaceAll("'…'").strip();
  }

  private static String syntax(String message) {
    var near = NEAR.matcher(message);
    if (near.matches() && isOfTheLanguage(near.group("token"))) {
      return message;
    }
    return withoutQuoted(message);
  }

  private static boolean isOfTheLanguage(String token) {
    return KEYWORDS.contains(token.toLowerCase(Locale.ROOT))
        || PUNCTUATION.matcher(token).matches();
  }

  /** From the first quote to the last: what is between may hold quotes itself. */
  public static String withoutQuoted(String message) {
    var from = -1;
    var to = -1;
    for (var i = 0; i < message.length(); i++) {
      if (QUOTES.indexOf(message.charAt(i)) >= 0) {
        from = from < 0 ? i : from;
        to = i;
      }
    }
    return from < 0 ? message : message.substring(0, from) + "\"…\"" + message.substring(to + 1);
  }

  private static String withNames(String message) {
    return QUOTED
        .matcher(message)
        .replaceAll(quoted ->
            NAME.matcher(quoted.group()).matches()
                ? Matcher.quoteReplacement(quoted.group())
                : "\"…\"");
  }

  private static Optional<String> place(String line) {
    var function = FUNCTION.matcher(line);
    if (function.matches()) {
      return Optional.ofNullable(function.group(1)).or(() -> Optional.of(function.group(2)));
    }
    var copy = COPY.matcher(line);
    return copy.matches() ? Optional.of(copy.group(1)) : Optional.empty();
  }
}
