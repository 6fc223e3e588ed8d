package dev.sluice.operator.faults;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** A password that must turn up nowhere: in nothing that an operator sends, and in no log. */
final class Canary extends AppenderBase<ILoggingEvent> {
  static final String PASSWORD = "canary-" + UUID.randomUUID();

  private final List<String> seen = new CopyOnWriteArrayList<>();

  static Canary listening() {
    var canary = new Canary();
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    canary.setContext(context);
    canary.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(new Calm()));
    root.addAppender(canary);
    return canary;
  }

  @Override
  protected void append(ILoggingEvent event) {
    look("a log", event.getFormattedMessage());
    for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
      look("a log", String.valueOf(cause.getMessage()));
    }
  }

  void look(String where, String text) {
    if (text.contains(PASSWORD)) {
      seen.add("I7: the password is in " + where + ": " + text);
    }
  }

  void asksFor(ApiCall call) {
    if (call.resource().startsWith("secrets")) {
      seen.add("I7: the operator asks: " + call);
    }
  }

  List<String> seen() {
    return List.copyOf(seen);
  }

  /** Keeps what these worlds bring about off the console. */
  private static final class Calm extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      var library =
          event.getLoggerName().startsWith("io.") || event.getLoggerName().startsWith("jdk.");
      var world = event.getMDCPropertyMap().getOrDefault("resource.namespace", "").startsWith("f-");
      return library || world ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
  }
}
