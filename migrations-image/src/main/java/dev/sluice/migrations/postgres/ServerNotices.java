package dev.sluice.migrations.postgres;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import java.sql.SQLWarning;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what the server says beside its answers, as {@code RAISE NOTICE} does: the first of each
 * changeset, cut; the others are counted.
 */
public final class ServerNotices {
  private static final int MOST = 50;
  private static final int LONGEST = 500;
  private static final String WARNINGS = "01";

  /** Nobody hears of them. */
  static final ServerNotices NONE = new ServerNotices(_ -> {});

  private final RunEventSink events;
  private long count;

  public ServerNotices(RunEventSink events) {
    this.events = events;
  }

  /** With those that come after it in its chain. */
  void said(@Nullable SQLWarning first) {
    for (var said = first; said != null; said = said.getNextWarning()) {
      count++;
      if (count <= MOST) {
        var isWarning = Objects.requireNonNullElse(said.getSQLState(), "").startsWith(WARNINGS);
        var text = Objects.requireNonNullElse(said.getMessage(), "").strip();
        events.on(new RunEvent.ServerSaid(isWarning, cut(text)));
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The changeset has ended: how many weren't handed on, and the next one's are from the first. */
  public void ended() {
    if (count > MOST) {
      events.note("and %,d more notices of the server, which aren't shown".formatted(count - MOST));
    }
    count = 0;
  }
}
