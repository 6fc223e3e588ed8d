package dev.sluice.operator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds variables that look like the operator's and aren't: a typo must not widen what it does. */
final class UnknownVariables {
  private static final String PREFIX = "SLUICE_";
  private static final int SIMILAR = 4;

  /** What Kubernetes sets for a Service called sluice-something, unless service links are off. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private UnknownVariables() {}

  /** One sentence for each. */
  static List<String> problems(Map<String, String> environment, List<String> known) {
    return environment.entrySet().stream()
        .filter(e -> e.getKey().startsWith(PREFIX) && !known.contains(e.getKey()))
        .filter(e -> !isServiceLink(e.getKey(), e.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .map(name -> name + " is unknown: " + suggestion(name, known))
        .toList();
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private static String suggestion(String name, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(name, k)))
        .filter(nearest -> distance(name, nearest) <= SIMILAR)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElseGet(() -> "known are " + String.join(", ", known));
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    var row = IntStream.rangeClosed(0, b.length()).toArray();
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
