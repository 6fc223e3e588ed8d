package dev.sluice.operator.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One revision of one migration that a pod needs: {@code shop@1.42.0}. */
record RequiredRevision(String migration, String revision) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final int MOST = 20;

  /** What an annotation asks for. */
  sealed interface Asked {
    record All(List<RequiredRevision> requirements) implements Asked {
      public All {
        requirements = List.copyOf(requirements);
      }
    }

    /** {@code problem} says how to mend it. */
    record Malformed(String problem) implements Asked {}
  }

  /** Reads {@code sluice.dev/requires}: requirements, separated by commas. */
  static Asked read(@Nullable String annotation) {
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
          || !REVISION.matcher(text.substring(at + 1)).matches()) {
        return malformed(
            "has %s where <migration>@<revision> is expected, such as shop@1.42.0"
                .formatted(quoted(text)));
      }
      all.add(new RequiredRevision(text.substring(0, at), text.substring(at + 1)));
    }
    return new Asked.All(all);
  }

  private static Asked malformed(String problem) {
    return new Asked.Malformed("annotation " + GatedPod.REQUIRES + " " + problem);
  }

  private static String quoted(String text) {
    return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
  }

  @Override
  public String toString() {
    return migration + "@" + revision;
  }
}
