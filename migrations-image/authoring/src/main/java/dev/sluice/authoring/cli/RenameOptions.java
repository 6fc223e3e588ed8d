package dev.sluice.authoring.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.authoring.rename.SchemaHint;
import dev.sluice.authoring.rename.Settlements;
import dev.sluice.authoring.rename.Settlements.Saying;
import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person says of renames before anything is asked. */
final class RenameOptions {
  enum Mode {
    ASK,
    OFF
  }

  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description =
          "what had another name, as in customers.email=customers.mail; OLD= says that it is gone;"
              + " may be repeated")
  List<String> rename = new ArrayList<>();

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "JSON: {\"customers.email\": \"mail\", \"customers.fax\": null}")
  @Nullable String answers;

  @Option(
      names = "--renames",
      paramLabel = "ask|off",
      defaultValue = "ask",
      description =
          "off: what is gone is dropped and what is new is added; nothing is asked (default: ask)")
  Mode renames = Mode.ASK;

  boolean areFound() {
    return renames == Mode.ASK;
  }

  /** {@code mistakes} takes what isn't one; what may be lost isn't asked for. */
  Settlements settlements(String schema, List<String> allowed, List<String> mistakes) {
    var sayings = new ArrayList<Saying>();
    for (var words : rename) {
      Settlements.saying(words)
          .ifPresentOrElse(
              sayings::add, () -> mistakes.add("--rename is OLD=NEW, and not " + words));
    }
    if (answers != null) {
      answers(answers, sayings, mistakes);
    }
    return new Settlements(sayings, SchemaHint.in(schema), allowed);
  }

  private static void answers(String file, List<Saying> sayings, List<String> mistakes) {
    try {
      if (Json.parse(Files.readString(Path.of(file), UTF_8)) instanceof Map<?, ?> map) {
        map.forEach((from, to) ->
            sayings.add(new Saying(String.valueOf(from), to == null ? "" : String.valueOf(to))));
      } else {
        mistakes.add("--answers: " + file + " is no JSON object");
      }
    } catch (IOException | Json.BadException e) {
      mistakes.add("--answers: " + file + " can't be read: " + e.getMessage());
    }
  }
}
