package dev.sluice.authoring.cli;

import dev.sluice.authoring.write.FolderEdit;
import dev.sluice.authoring.write.JsonText;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.report.Exit;
import java.util.LinkedHashMap;
import java.util.List;

/** What came of a verb that writes into a folder. */
sealed interface VerbResult {
  /**
   * The edit is in place.
   *
   * @param said in words, a line each
   */
  record Written(String folder, FolderEdit edit, List<String> said) implements VerbResult {
    public Written {
      said = List.copyOf(said);
    }
  }

  /** There was nothing to do. */
  record Unchanged(String why) implements VerbResult {}

  record Failed(Exit exit, String message, List<String> details, String hint)
      implements VerbResult {
    public Failed {
      details = List.copyOf(details);
    }
  }

  static Failed configuration(String message, String hint) {
    return new Failed(Exit.CONFIGURATION, message, List.of(), hint);
  }

  static Failed refused(WriteRefusedException e) {
    return configuration(e.why(), e.hint());
  }

  /** Prints it, and says how the program ends. */
  default int print(boolean json) {
    var exit = this instanceof Failed failed ? failed.exit() : Exit.SUCCESS;
    if (json) {
      System.out.println(json(exit));
      return exit.code();
    }
    switch (this) {
      case Written(var folder, var edit, var said) -> {
        said.forEach(System.out::println);
        edit.written().sequencedKeySet().forEach(name -> System.out.println(path(folder, name)));
        edit.deleted().forEach(name -> System.out.println("deleted: " + path(folder, name)));
      }
      case Unchanged(var why) -> System.out.println(why);
      case Failed(_, var message, var details, var hint) -> {
        System.err.println(message);
        details.forEach(line -> System.err.println("  " + line));
        System.err.println("  hint: " + hint);
      }
    }
    return exit.code();
  }

  private static String path(String folder, String name) {
    return folder.isEmpty() || folder.equals(".") ? name : folder + "/" + name;
  }

  private String json(Exit exit) {
    var json = new LinkedHashMap<String, Object>();
    switch (this) {
      case Written(var folder, var edit, var said) -> {
        json.put("result", "written");
        json.put("migrations", edit.migrations());
        json.put(
            "files",
            edit.written().sequencedKeySet().stream().map(name -> path(folder, name)).toList());
        json.put("deleted", edit.deleted().stream().map(name -> path(folder, name)).toList());
        json.put("notes", said);
      }
      case Unchanged(var why) -> {
        json.put("result", "unchanged");
        json.put("notes", List.of(why));
      }
      case Failed(_, var message, var details, var hint) -> {
        json.put("result", "failed");
        json.put("message", message);
        json.put("details", details);
        json.put("hint", hint);
      }
    }
    json.put("exit", exit.code());
    return JsonText.of(json);
  }
}
