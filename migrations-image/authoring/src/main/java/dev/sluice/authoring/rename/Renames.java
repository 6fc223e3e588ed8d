package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.rename.Candidates.Candidate;
import dev.sluice.authoring.rename.Candidates.Likelihood;
import dev.sluice.authoring.rename.Rename.Kind;
import dev.sluice.migrations.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what was renamed, and renames it in the database, so that a comparison afterwards finds
 * the rest. What is in something is looked at when that has its new name.
 */
public final class Renames {
  /**
   * What came of it.
   *
   * @param statements that did it
   * @param open nothing was renamed of these
   * @param unused what was said, and speaks of nothing that is gone or new
   */
  public record Settled(
      List<Rename> renames,
      List<String> statements,
      List<Question> open,
      List<Settlements.Saying> unused) {
    public Settled {
      renames = List.copyOf(renames);
      statements = List.copyOf(statements);
      open = List.copyOf(open);
      unused = List.copyOf(unused);
    }
  }

  private final Settlements settlements;
  private final Asking asking;
  private final List<Rename> done = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Question> open = new ArrayList<>();
  private final List<Rename> possible = new ArrayList<>();
  private final Set<ObjectName> gone = new HashSet<>();

  public Renames(Settlements settlements, Asking asking) {
    this.settlements = settlements;
    this.asking = asking;
  }

  /** {@code current}: as whoever may rename everything in it; nothing else is renamed there. */
  public Settled on(Connection current, Catalog wanted) throws SQLException {
    for (var kind : Kind.values()) {
      for (var rename : settled(new Candidates(Catalog.of(current), wanted).of(kind))) {
        var made = new ArrayList<String>();
        if (!Catalog.of(current).schemas().contains(rename.to().schema()) && rename.isMove()) {
          made.add("CREATE SCHEMA " + Sql.quoted(rename.to().schema()));
        }
        made.addAll(rename.statements());
        for (var statement : made) {
          Sql.execute(current, statement);
        }
        done.add(rename);
        statements.addAll(made);
      }
    }
    return new Settled(done, statements, open, settlements.unused(possible, gone));
  }

  private List<Rename> settled(List<Candidate> candidates) {
    candidates.forEach(candidate -> {
      possible.add(candidate.rename());
      gone.add(candidate.rename().from());
    });
    var renames = new ArrayList<Rename>();
    var left = new ArrayList<Candidate>();
    for (var candidate : candidates) {
      var said = settlements.isRenamed(candidate.rename());
      if ((said || candidate.likelihood() == Likelihood.CERTAIN) && isFree(candidate, renames)) {
        renames.add(candidate.rename());
      } else {
        left.add(candidate);
      }
    }
    for (var from : left.stream().map(c -> c.rename().from()).distinct().toList()) {
      ask(from, left.stream().filter(c -> isFree(c, renames)).toList(), renames);
    }
    return renames;
  }

  private void ask(ObjectName from, List<Candidate> free, List<Rename> renames) {
    var likely =
        free.stream()
            .filter(c -> c.rename().from().equals(from) && c.likelihood() == Likelihood.LIKELY)
            .map(Candidate::rename)
            .toList();
    if (likely.isEmpty() || settlements.isDropped(from)) {
      return;
    }
    var question =
        new Question(
            likely.getFirst().kind(),
            from,
            likely.stream().map(Rename::to).collect(Collectors.toList()));
    switch (asking.of(question)) {
      case Answer.Renamed(var to) -> renames.add(new Rename(question.kind(), from, to));
      case Answer.Dropped _ -> {}
      case Answer.Open _ -> open.add(question);
    }
  }

  private static boolean isFree(Candidate candidate, List<Rename> renames) {
    return renames.stream()
        .noneMatch(done ->
            done.from().equals(candidate.rename().from())
                || done.to().equals(candidate.rename().to()));
  }
}
