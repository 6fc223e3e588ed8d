package dev.sluice.authoring.cli;

import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.generate.Generated;
import dev.sluice.authoring.loss.AllowedLosses;
import dev.sluice.authoring.write.JsonText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of it, for programs: one object. */
record GeneratedJson(PrintStream out) implements GeneratedOutput {
  @Override
  public void print(Generated generated) {
    var json = new LinkedHashMap<String, Object>();
    switch (generated) {
      case Generated.NoChange(var remarks) -> {
        json.put("result", "unchanged");
        json.put("warnings", remarks);
      }
      case Generated.Migrations made -> {
        json.put("result", made.written() ? "written" : "dry-run");
        json.put("changes", made.changes());
        json.put("migrations", made.migrations());
        json.put("files", List.copyOf(made.files().keySet()));
        var sql = new LinkedHashMap<String, Object>();
        made.sql().forEach(file -> sql.put(file.getKey(), file.getValue()));
        json.put("sql", sql);
        json.put("warnings", made.remarks());
        json.put("seen", made.seen());
      }
      case Generated.Open(var questions) -> {
        json.put("result", "questions");
        var all = new ArrayList<Object>();
        for (var question : questions) {
          all.add(
              object(
                  "kind", question.kind().words(),
                  "gone", question.gone().toString(),
                  "candidates", question.candidates().stream().map(ObjectName::toString).toList()));
        }
        json.put("questions", all);
      }
      case Generated.Lossy(var changes, var losses) -> {
        json.put("result", "refused");
        json.put("changes", changes);
        var all = new ArrayList<Object>();
        for (var loss : losses) {
          all.add(
              object(
                  "object", loss.object().toString(),
                  "loss", loss.what(),
                  "option", AllowedLosses.option(loss.object())));
        }
        json.put("losses", all);
      }
      case Generated.Failed(_, var message, var details, var hint) -> {
        json.put("result", "failed");
        json.put("message", message);
        json.put("details", details);
        json.put("hint", hint);
      }
    }
    json.put("exit", GeneratedOutput.exit(generated).code());
    out.println(JsonText.of(json));
  }

  private static Map<String, Object> object(
      String one, Object first, String two, Object second, String three, Object third) {
    var map = new LinkedHashMap<String, Object>();
    map.put(one, first);
    map.put(two, second);
    map.put(three, third);
    return map;
  }
}
