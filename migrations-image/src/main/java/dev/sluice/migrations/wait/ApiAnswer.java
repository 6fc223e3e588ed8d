package dev.sluice.migrations.wait;

import java.time.Duration;

/** What the API server says when it is asked for a migration. */
sealed interface ApiAnswer {
  /** It is there. */
  record Found(JsonFields object) implements ApiAnswer {}

  /** There is none of that name. */
  record Missing() implements ApiAnswer {}

  /** It knows no such kind. */
  record NoSuchKind() implements ApiAnswer {}

  /** 403, in its words. */
  record Forbidden(String message) implements ApiAnswer {}

  /** No answer that says anything of the migration; {@code pause}: that it asked for, or zero. */
  record Failed(String what, Duration pause) implements ApiAnswer {
    static Failed of(String what) {
      return new Failed(what, Duration.ZERO);
    }
  }
}
