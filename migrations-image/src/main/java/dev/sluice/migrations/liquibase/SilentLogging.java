package dev.sluice.migrations.liquibase;

import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.AbstractExtensibleObject;
import liquibase.logging.LogService;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import liquibase.ui.InputHandler;
import liquibase.ui.UIService;
import org.jspecify.annotations.Nullable;

/** Liquibase's own words embed SQL text: they go to java.util.logging at FINE, off by default. */
final class SilentLogging extends AbstractLogService {
  private static final Logger QUIET = Logger.getLogger("liquibase");

  static LogService log() {
    return new SilentLogging();
  }

  static UIService ui() {
    return new Mute();
  }

  @Override
  public int getPriority() {
    return PRIORITY_NOT_APPLICABLE;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public liquibase.logging.Logger getLog(Class type) {
    return new QuietLogger();
  }

  @SuppressWarnings("try") // its close() throws Exception
  private static final class QuietLogger extends AbstractLogger {
    @Override
    public void log(Level level, String message, @Nullable Throwable thrown) {
      QUIET.log(Level.FINE, message, thrown);
    }
  }

  private static final class Mute extends AbstractExtensibleObject implements UIService {
    @Override
    public int getPriority() {
      return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    public void sendMessage(String message) {
      QUIET.fine(message);
    }

    @Override
    public void sendErrorMessage(String message) {
      QUIET.fine(message);
    }

    @Override
    public void sendErrorMessage(String message, Throwable thrown) {
      QUIET.log(Level.FINE, message, thrown);
    }

    @Override
    public <T> T prompt(String prompt, T otherwise, InputHandler<T> handler, Class<T> type) {
      return otherwise;
    }

    @Override
    public void setAllowPrompt(boolean allow) {}

    @Override
    public boolean getAllowPrompt() {
      return false;
    }
  }
}
