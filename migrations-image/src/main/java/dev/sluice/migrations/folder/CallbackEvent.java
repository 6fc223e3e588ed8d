package dev.sluice.migrations.folder;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** When Flyway runs a callback in the course of {@code migrate}. */
public enum CallbackEvent {
  BEFORE_MIGRATE("beforeMigrate"),
  BEFORE_REPEATABLES("beforeRepeatables"),
  BEFORE_EACH_MIGRATE("beforeEachMigrate"),
  AFTER_EACH_MIGRATE("afterEachMigrate"),
  AFTER_EACH_MIGRATE_ERROR("afterEachMigrateError"),
  AFTER_VERSIONED("afterVersioned"),
  AFTER_MIGRATE_APPLIED("afterMigrateApplied"),
  AFTER_MIGRATE("afterMigrate"),
  AFTER_MIGRATE_ERROR("afterMigrateError");

  /** Those of Flyway's other commands, which have nothing to do here. */
  private static final Set<String> OF_OTHER_COMMANDS =
      Set.of("Clean", "Info", "Repair", "Baseline", "Undo", "EachUndo", "EachUndoStatement");

  /** Flyway runs them in the course of migrate too. */
  private static final Set<String> NOT_RUN =
      Set.of(
          "beforeEachMigrateStatement",
          "afterEachMigrateStatement",
          "afterEachMigrateStatementError",
          "beforeValidate",
          "afterValidate",
          "afterValidateError",
          "afterValidateOperationFinish",
          "afterMigrateOperationFinish",
          "createSchema",
          "beforeCreateSchema",
          "beforeConnect",
          "afterConnect");

  private final String word;

  CallbackEvent(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Optional<CallbackEvent> of(String word) {
    return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
  }

  /** Flyway knows it; any other name is that of no callback. */
  static boolean isOne(String word) {
    return of(word).isPresent() || NOT_RUN.contains(word) || isOfAnotherCommand(word);
  }

  static boolean isOfAnotherCommand(String word) {
    return OF_OTHER_COMMANDS.stream()
        .flatMap(command ->
            Set.of(
                "before" + command,
                "after" + command,
                "after" + command + "Error",
                "after" + command + "OperationFinish")
                .stream())
        .anyMatch(word::equals);
  }
}
