package dev.sluice.migrations.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The verbs by what they are for, as the help lists them. */
public enum Verbs {
  WRITE("Write migrations", "generate", "new", "renumber", "squash", "snapshot", "dev"),
  CHECK("Check them", "validate", "hash", "rehearse"),
  APPLY("Apply them", "migrate", "status", "adopt", "baseline"),
  PODS("For pods", "run", "check", "login"),
  OTHER("Other");

  private static final int WIDTH = 80;
  private static final int NAMES = 13;

  private final String title;

  /** One after the other, a space between two. */
  private final String names;

  Verbs(String title, String... names) {
    this.title = title;
    this.names = String.join(" ", names);
  }

  public String title() {
    return title;
  }

  /** Those that a program has, in the order of their groups; what no group names is the last's. */
  public static Map<Verbs, List<CommandLine>> of(CommandLine program) {
    var left = new LinkedHashMap<>(program.getSubcommands());
    var groups = new LinkedHashMap<Verbs, List<CommandLine>>();
    for (var group : values()) {
      var verbs = new ArrayList<CommandLine>();
      for (var name :
          group == OTHER ? List.copyOf(left.keySet()) : List.of(group.names.split(" ", -1))) {
        var verb = left.remove(name);
        if (verb != null) {
          verbs.add(verb);
        }
      }
      if (!verbs.isEmpty()) {
        groups.put(group, verbs);
      }
    }
    return groups;
  }

  /** In place of the one list that the parser would print. */
  static String listed(Help help) {
    return of(help.commandSpec().commandLine()).entrySet().stream()
        .map(group -> listed(help, group.getKey(), group.getValue()))
        .collect(Collectors.joining());
  }

  private static String listed(Help help, Verbs group, List<CommandLine> verbs) {
    var table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAMES, 2, Overflow.SPAN),
            new Column(WIDTH - NAMES, 2, Overflow.WRAP));
    for (var verb : verbs) {
      var names = help.colorScheme().commandText(verb.getCommandName());
      table.addRowValues(names, summary(help, verb));
    }
    return "%n%s:%n%s".formatted(help.colorScheme().text("@|bold " + group.title + "|@"), table);
  }

  /** Its first sentence. */
  private static Text summary(Help help, CommandLine verb) {
    var whole = String.join(" ", verb.getCommandSpec().usageMessage().description());
    var end = whole.indexOf(". ");
    return help.colorScheme().text(end < 0 ? whole : whole.substring(0, end + 1));
  }
}
