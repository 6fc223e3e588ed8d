package dev.sluice.operator.gate;

import dev.sluice.api.Annotations;
import dev.sluice.api.RevisionName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One revision of one migration that a pod needs: {@code shop@1.42.0}. */
record RequiredRevision(String migration, String revision) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final int MOST = 20;

  /** What an annotation asks for. */
  sealed interface Parsed {
    record All(List<RequiredRevision> requirements) implements Parsed {
      public All {
        requirements = List.copyOf(requirements);
      }
    }

    /** {@code problem} says how to fix it. */
    record Malformed(String problem) implements Parsed {}
  }

  /** Reads {@code sluice.dev/requires}: requirements, separated by commas. */
  static Parsed read(@Nullable String annotation) {
    if (annotation == null || annotation.isBlank()) {
      return malformed("is missing: set it to <migration>@<revision>, such as shop@1.42.0");
    }
    var words = annotation.split(",", -1);
    if (words.length > MOST) {
      return malformed("names %d migrations: at most %d".formatted(words.length, MOST));
    }
    var all = new ArrayList<RequiredRevision>();
    for (var word : words) {
      var text = word.strip();
      if (text.contains("/")) {
        return malformed(
            "names another namespace in %s: only migrations of the pod's own can be required"
                .formatted(quoted(text)));
      }
      var at = text.indexOf('@');
      if (at < 0
          || !NAME.matcher(text.substring(0, at)).matches()
          || !RevisionName.isValid(text.substring(at + 1))) {
        return malformed(
            "has %s where <migration>@<revision> is expected, such as shop@1.42.0"
                .formatted(quoted(text)));
      }
      all.add(new RequiredRevision(text.substring(0, at), text.substring(at + 1)));
    }
    return new Parsed.All(all);
  }

  private static Parsed malformed(String problem) {
    return new Parsed.Malformed("annotation " + Annotations.REQUIRES + " " + problem);
  }

  private static String quoted(String text) {
    return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
  }

  @Override
  public String toString() {
    return migration + "@" + revision;
  }
}
