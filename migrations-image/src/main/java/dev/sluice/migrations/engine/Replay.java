package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import java.util.List;
import java.util.Optional;

/**
 * How migrations run on a database of their own: step by step, watched, and past a failure where
 * that is wanted. {@link #NONE} is a run on the database itself.
 */
public interface Replay {
  /** What becomes of the replay after a changeset that failed and was rolled back. */
  enum AfterFailure {
    STOP,
    /** It counts as applied. */
    GO_ON
  }

  Replay NONE =
      new Replay() {
        @Override
        public boolean isWatched() {
          return false;
        }

        @Override
        public ReplayObserver observer() {
          return ReplayObserver.NONE;
        }

        @Override
        public Optional<String> leftOut(String changeSet, List<String> texts) {
          return Optional.empty();
        }

        @Override
        public void passedOver(String changeSet, String what) {}

        @Override
        public String sent(ReplayStep step) {
          return step.sql();
        }

        @Override
        public boolean mended(Failure failure) {
          return false;
        }

        @Override
        public AfterFailure after(Failure failure) {
          return AfterFailure.STOP;
        }

        @Override
        public AfterFailure afterCallback(Failure failure) {
          return AfterFailure.STOP;
        }
      };

  /** Each step is sent by itself. */
  boolean isWatched();

  ReplayObserver observer();

  /** Why a changeset isn't run; {@code texts} are as their author wrote them, comments included. */
  Optional<String> leftOut(String changeSet, List<String> texts);

  /** A part of a changeset isn't run, since it isn't SQL. */
  void passedOver(String changeSet, String what);

  /** What is sent of a step: less than all where a part reaches out of the database. */
  String sent(ReplayStep step);

  /** What was missing is there now: what failed may be sent again. */
  boolean mended(Failure failure);

  /** Of a changeset that failed, and that nothing mends. */
  AfterFailure after(Failure failure);

  /** The same after a callback of a folder, which no ledger knows. */
  AfterFailure afterCallback(Failure failure);
}
