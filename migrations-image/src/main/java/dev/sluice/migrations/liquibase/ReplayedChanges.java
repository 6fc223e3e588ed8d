package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.Replay;
import java.util.ArrayList;
import java.util.List;
import liquibase.ChecksumVersion;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.ExecuteShellCommandChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;

/** The changes of a changeset that is replayed. */
final class ReplayedChanges {
  private ReplayedChanges() {}

  /** As their author wrote them, comments included. */
  static List<String> texts(ChangeSet changeSet) {
    var texts = new ArrayList<String>();
    if (changeSet.getComments() != null) {
      texts.add(changeSet.getComments());
    }
    for (var change : changeSet.getChanges()) {
      if (change instanceof AbstractSQLChange sql && sql.getSql() != null) {
        texts.add(sql.getSql());
      }
    }
    return texts;
  }

  /** Programs and Java classes of the changelog aren't executed. */
  static void withoutWhatIsNoSql(ChangeSet changeSet, Replay replay) {
    var others = changeSet.getChanges().stream().filter(ReplayedChanges::isNoSql).toList();
    if (!others.isEmpty()) {
      // Liquibase keeps it, and the row is to be that of the whole changeset
      changeSet.generateCheckSum(ChecksumVersion.latest());
      others.forEach(change -> replay.passedOver(ChangeSetNames.of(changeSet), shown(change)));
      changeSet.removeAllChanges(others);
    }
  }

  private static boolean isNoSql(Change change) {
    return change instanceof ExecuteShellCommandChange || change instanceof CustomChangeWrapper;
  }

  private static String shown(Change change) {
    return switch (change) {
      case CustomChangeWrapper custom -> "customChange " + custom.getClassName();
      case ExecuteShellCommandChange command -> "executeCommand " + command.getExecutable();
      default -> change.getSerializedObjectName();
    };
  }
}
