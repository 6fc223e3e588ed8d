package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.folder.CallbackEvent;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.ServerNotices;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.sql.TransactionMode;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies what is pending in a folder, with the callbacks around it, in Flyway's order. */
final class FolderRun {
  /** Unsafe new enum value usage. */
  private static final String NEW_ENUM_VALUE = "55P04";

  private final Folder folder;
  private final List<Migration> pending;
  private final MigrationExecution work;
  private final ServerNotices notices;
  private final RunContext context;
  private final Replay replay;
  private final List<String> applied = new ArrayList<>();

  FolderRun(
      Folder folder,
      List<Migration> pending,
      MigrationExecution work,
      ServerNotices notices,
      RunContext context,
      Replay replay) {
    this.folder = folder;
    this.pending = List.copyOf(pending);
    this.work = work;
    this.notices = notices;
    this.context = context;
    this.replay = replay;
  }

  /** By name, so far. */
  List<String> applied() {
    return List.copyOf(applied);
  }

  /** Empty when all of it is done. */
  Optional<Failure> done() {
    return fire(CallbackEvent.BEFORE_MIGRATE)
        .or(this::migrations)
        .or(() -> applied.isEmpty() ? Optional.empty() : fire(CallbackEvent.AFTER_MIGRATE_APPLIED))
        .or(() -> fire(CallbackEvent.AFTER_MIGRATE));
  }

  private Optional<Failure> migrations() {
    var failure = oneAfterTheOther();
    if (failure.isPresent() && context.stop().cause().isEmpty()) {
      fireInVain(CallbackEvent.AFTER_MIGRATE_ERROR);
    }
    return failure;
  }

  private Optional<Failure> oneAfterTheOther() {
    var versionedAreDone = false;
    for (var i = 0; i < pending.size(); i++) {
      if (pending.get(i).isRepeatable() && !versionedAreDone) {
        versionedAreDone = true;
        var failure =
            fire(CallbackEvent.AFTER_VERSIONED).or(() -> fire(CallbackEvent.BEFORE_REPEATABLES));
        if (failure.isPresent()) {
          return failure;
        }
      }
      var failure = one(i);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return versionedAreDone ? Optional.empty() : fire(CallbackEvent.AFTER_VERSIONED);
  }

  private Optional<Failure> one(int at) {
    if (context.stop().cause().isPresent()) {
      return Optional.of(Failure.of(Reason.INTERRUPTED, "between two migrations"));
    }
    var migration = pending.get(at);
    context.events().on(new RunEvent.Began(at + 1, pending.size(), migration.name()));
    var started = System.nanoTime();
    var remark = replay.leftOut(migration.name(), texts(migration));
    var failure = remark.isPresent() ? work.enterOnly(migration) : applied(migration, at);
    notices.ended();
    if (failure.isPresent()) {
      return failure;
    }
    var took = Duration.ofNanos(System.nanoTime() - started);
    context
        .events()
        .on(new RunEvent.Ended(at + 1, pending.size(), migration.name(), remark.orElse(""), took));
    applied.add(migration.name());
    return Optional.empty();
  }

  private static List<String> texts(Migration migration) {
    var chunks = migration.chunks();
    // one after the other: all of a large file aren't held
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return chunks.get(index).sql();
      }

      @Override
      public int size() {
        return chunks.size();
      }
    };
  }

  private Optional<Failure> applied(Migration migration, int at) {
    var whole = folder.withCallbacks(migration);
    var failed = worked(whole, at == pending.size() - 1);
    if (failed.isEmpty()) {
      return failed;
    }
    if (context.stop().cause().isEmpty()) {
      fireInVain(CallbackEvent.AFTER_EACH_MIGRATE_ERROR);
    }
    var failure = named(failed.get(), migration);
    if (replay.mended(failure)) {
      return applied(migration, at);
    }
    return switch (replay.after(failure)) {
      case STOP -> Optional.of(failure);
      case GO_ON -> work.enterOnly(migration);
    };
  }

  /** Its file may be that of a callback within. */
  private static Failure named(Failure failure, Migration migration) {
    var file = failure.file() == null ? migration.path() : failure.file();
    return failure.in(migration.name(), file);
  }

  /** Nobody can use a value of an enum before it is committed; then nothing of it was. */
  private Optional<Failure> worked(Migration migration, boolean isLast) {
    var failed = work.apply(migration, isLast);
    if (migration.mode() != TransactionMode.TRANSACTION
        || failed.filter(failure -> NEW_ENUM_VALUE.equals(failure.sqlState())).isEmpty()) {
      return failed;
    }
    context
        .events()
        .note(
            migration.name()
                + " uses a value that it adds to an enum: each of its statements is committed by"
                + " itself");
    return work.apply(migration.apart(), isLast);
  }

  private Optional<Failure> fire(CallbackEvent event) {
    for (var script : folder.callbacks(event)) {
      if (context.stop().cause().isPresent()) {
        return Optional.of(Failure.of(Reason.INTERRUPTED, "before the callback " + script.path()));
      }
      var failure = called(script);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> called(Migration script) {
    var failed = work.callBack(script);
    notices.ended();
    if (failed.isEmpty()) {
      return failed;
    }
    var failure = named(failed.get(), script);
    if (replay.mended(failure)) {
      return called(script);
    }
    return switch (replay.afterCallback(failure)) {
      case STOP -> Optional.of(failure);
      case GO_ON -> Optional.empty();
    };
  }

  /** The failure that it follows is what counts. */
  private void fireInVain(CallbackEvent event) {
    fire(event)
        .ifPresent(failure ->
            context
                .events()
                .warn("the callback " + failure.changeSet() + " failed: " + failure.message()));
  }
}
