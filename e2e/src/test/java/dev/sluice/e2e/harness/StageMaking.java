package dev.sluice.e2e.harness;

import java.util.function.Supplier;

/** The one try to make a stage: where it failed, every test fails with it, and at once. */
sealed interface StageMaking extends AutoCloseable {

  /** It stands. */
  record Made(Stage stage) implements StageMaking {
    @Override
    public void close() {
      stage.close();
    }
  }

  /** It doesn't; the cause was told when it happened. */
  record Failed(String reason) implements StageMaking {
    @Override
    public Stage stage() {
      throw new IllegalStateException("no stage: " + reason);
    }

    @Override
    public void close() {}
  }

  Stage stage();

  @Override
  void close();

  static StageMaking of(Supplier<Stage> maker) {
    try {
      return new Made(maker.get());
    } catch (RuntimeException e) {
      System.err.println("e2e: the stage could not be made");
      e.printStackTrace();
      return new Failed(String.valueOf(e.getMessage()));
    }
  }
}
