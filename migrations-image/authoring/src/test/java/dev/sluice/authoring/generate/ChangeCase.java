package dev.sluice.authoring.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A change of the table {@code changes.txt}. */
record ChangeCase(String name, List<String> expected, String before, String change) {
  /** Those whose names have {@code -Dsluice.change}, a regular expression. */
  static List<ChangeCase> all() throws IOException {
    try (var file = ChangeCase.class.getResourceAsStream("changes.txt")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      var wanted = Pattern.compile(System.getProperty("sluice.change", ""));
      return Stream.of(text.split("(?m)^=== "))
          .skip(1)
          .map(ChangeCase::of)
          .filter(change -> wanted.matcher(change.name()).find())
          .toList();
    }
  }

  private static ChangeCase of(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    var name = lines.removeFirst();
    var expected = new ArrayList<String>();
    while (lines.getFirst().startsWith("@")) {
      expected.add(lines.removeFirst().substring(1));
    }
    var line = lines.indexOf("---");
    return new ChangeCase(
        name,
        expected,
        String.join("\n", lines.subList(0, line)),
        String.join("\n", lines.subList(line + 1, lines.size())));
  }

  String after() {
    return before + "\n" + change;
  }

  List<String> all(String word) {
    return expected.stream()
        .filter(line -> line.startsWith(word + " "))
        .map(line -> line.substring(word.length() + 1))
        .toList();
  }

  Optional<String> one(String word) {
    return all(word).stream().findFirst();
  }

  boolean has(String word) {
    return expected.contains(word);
  }

  @Override
  public String toString() {
    return name;
  }
}
