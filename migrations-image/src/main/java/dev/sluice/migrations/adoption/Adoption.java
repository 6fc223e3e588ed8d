package dev.sluice.migrations.adoption;

import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a tool's history has beyond the ledger.
 *
 * @param table the history
 * @param matches of all its rows, in their order
 * @param taken what is entered in the ledger without running, in the order of the rows
 * @param doubts why nothing may be entered
 * @param ahead rows of migrations that come after all that the folder has, with nothing pending
 * @param pending what neither the history nor the ledger has
 */
public record Adoption(
    String table,
    List<Match> matches,
    List<Migration> taken,
    List<Match> doubts,
    List<Match> ahead,
    List<Migration> pending) {
  public Adoption {
    matches = List.copyOf(matches);
    taken = List.copyOf(taken);
    doubts = List.copyOf(doubts);
    ahead = List.copyOf(ahead);
    pending = List.copyOf(pending);
  }

  /** {@code ledger}: files that it has already. */
  public static Adoption of(
      String table, List<Match> matches, Folder folder, Set<String> ledger, FolderPolicy policy) {
    var open = unsettled(matches, ledger);
    var taken = new LinkedHashMap<String, Migration>();
    for (var match : open) {
      if (match.migration() != null && match.verdict().isTaken(policy)) {
        taken.putIfAbsent(match.migration().file(), match.migration());
      }
    }
    var pending =
        folder.migrations().stream()
            .filter(m -> !ledger.contains(m.file()) && !taken.containsKey(m.file()))
            .toList();
    var doubts = new ArrayList<>(open.stream().filter(m -> m.verdict().isDoubt(policy)).toList());
    var ahead =
        pending.stream().allMatch(Migration::isRepeatable)
            ? trailingWithoutFile(matches)
            : List.<Match>of();
    doubts.removeAll(ahead);
    return new Adoption(table, matches, List.copyOf(taken.values()), doubts, ahead, pending);
  }

  /**
   * Matches of which the ledger says nothing yet. A row before the last one that it knows was
   * settled when that was taken over, or run.
   */
  private static List<Match> unsettled(List<Match> matches, Set<String> ledger) {
    var settled = 0;
    for (var i = 0; i < matches.size(); i++) {
      if (isIn(ledger, matches.get(i))) {
        settled = i + 1;
      }
    }
    var open = new ArrayList<Match>();
    for (var i = 0; i < matches.size(); i++) {
      var match = matches.get(i);
      var isNew = i >= settled || match.migration() != null;
      if (isNew && !isIn(ledger, match)) {
        open.add(match);
      }
    }
    return open;
  }

  private static boolean isIn(Set<String> ledger, Match match) {
    return match.migration() != null && ledger.contains(match.migration().file());
  }

  private static List<Match> trailingWithoutFile(List<Match> matches) {
    var trailing = new ArrayList<Match>();
    for (var match : matches.reversed()) {
      if (match.verdict() == Verdict.NO_FILE) {
        trailing.addFirst(match);
      } else if (match.migration() != null) {
        break;
      }
    }
    return trailing;
  }

  /** It has a row of one of the folder's migrations, or of all up to one. */
  public boolean knowsTheFolder() {
    return matches.stream().anyMatch(match -> match.migration() != null);
  }

  /** The history beside the folder, a line each, and what settles each kind of doubt. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    for (var match : matches) {
      var migration = match.migration();
      lines.add(
          "%s | %s | %s"
              .formatted(match.row(), migration == null ? "-" : migration.name(), words(match)));
    }
    pending.forEach(migration -> lines.add("- | " + migration.name() + " | pending"));
    doubts.stream()
        .map(Match::verdict)
        .distinct()
        .map(verdict -> verdict.words() + ": " + verdict.remedy())
        .forEach(lines::add);
    return lines;
  }

  private String words(Match match) {
    return (doubts.contains(match) ? "? " : "") + match.verdict().words();
  }
}
