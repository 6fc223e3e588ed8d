package dev.sluice.authoring.rename;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code -- sluice:renamed from=old} beside a line of the schema, or on the line before it. It
 * stays without effect when there is nothing of the old name any more.
 *
 * @param words of its line, as names
 * @param in the words of the line that the statement around it begins with
 */
public record SchemaHint(String from, Set<String> words, Set<String> in) {
  private static final Pattern HINT =
      Pattern.compile("--\\s*sluice:renamed\\s+from=(\"(?:[^\"]|\"\")+\"|'[^']+'|\\S+)");
  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"]|\"\")+)\"|'([^']+)'|([\\p{L}_][\\p{L}\\p{N}_$]*)");
  private static final Pattern BEGIN =
      Pattern.compile("(?i)^\\s*(?:create|alter)\\s+(?:table|type|schema|unlogged)\\b.*");

  public SchemaHint {
    words = Set.copyOf(words);
    in = Set.copyOf(in);
  }

  public static List<SchemaHint> in(String schema) {
    var hints = new ArrayList<SchemaHint>();
    Set<String> around = Set.of();
    var waiting = new ArrayList<String>();
    for (var line : schema.lines().toList()) {
      var hint = HINT.matcher(line);
      var found = hint.find();
      var code = line.split("--", 2)[0];
      if (BEGIN.matcher(code).matches()) {
        around = words(code);
      }
      if (found) {
        waiting.add(unquoted(hint.group(1)));
      }
      if (!code.isBlank()) {
        for (var from : waiting) {
          hints.add(new SchemaHint(from, words(code), around));
        }
        waiting.clear();
      }
    }
    return hints;
  }

  boolean isAbout(Rename rename) {
    var old = rename.from();
    var now = rename.to();
    var named = old.isCalled(from) || old.last().equals(from);
    var inside = now.parts().size() > 2;
    return named
        && words.contains(now.last())
        && (!inside || in.isEmpty() || in.contains(now.parent().last()));
  }

  private static Set<String> words(String code) {
    return WORD.matcher(code)
        .results()
        .map(word ->
            word.group(3) != null
                ? word.group(3).toLowerCase(Locale.ROOT)
                : word.group(1) != null ? word.group(1).replace("\"\"", "\"") : word.group(2))
        .collect(Collectors.toSet());
  }

  private static String unquoted(String word) {
    var first = word.charAt(0);
    return first == '"' || first == '\'' ? word.substring(1, word.length() - 1) : word;
  }
}
