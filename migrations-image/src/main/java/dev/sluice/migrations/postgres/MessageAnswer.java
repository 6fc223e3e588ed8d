package dev.sluice.migrations.postgres;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;

/**
 * What the server answered to a message of several statements.
 *
 * @param completed how many of its statements the server has done
 * @param ends the tags of those that ended a transaction or went back to a savepoint, in order
 * @param error what the first one that failed came to; nothing after it was done
 */
public record MessageAnswer(int completed, List<String> ends, Optional<SQLException> error) {
  private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK", "PREPARE TRANSACTION");

  /** More are no news. */
  private static final int MOST_ENDS = 100;

  public MessageAnswer {
    ends = List.copyOf(ends);
  }

  /** Rows are dropped as they come. */
  static final class Handler extends ResultHandlerBase {
    private final List<String> ends = new ArrayList<>();
    private final ServerNotices notices;
    private int completed;

    Handler(ServerNotices notices) {
      this.notices = notices;
    }

    MessageAnswer answer(Optional<SQLException> error) {
      return new MessageAnswer(completed, ends, error);
    }

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> rows, @Nullable ResultCursor cursor) {
      completed++;
    }

    @Override
    public void handleCommandStatus(String status, long updated, long oid) {
      completed++;
      if (ENDS.contains(status) && ends.size() < MOST_ENDS) {
        ends.add(status);
      }
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      notices.said(warning);
    }
  }
}
