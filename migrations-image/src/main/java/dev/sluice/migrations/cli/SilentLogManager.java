package dev.sluice.migrations.cli;

import java.io.IOException;
import java.util.logging.LogManager;

/** The runner's own lines are its only output, so what libraries log goes nowhere. */
public final class SilentLogManager extends LogManager {
  /** With a configuration Java would look into all jars for somebody else who wants to log. */
  @Override
  public void readConfiguration() throws IOException {
    throw new IOException("there is none");
  }
}
