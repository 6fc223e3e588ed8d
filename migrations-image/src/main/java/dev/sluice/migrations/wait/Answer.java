package dev.sluice.migrations.wait;

import java.time.Duration;

/** What the API server says when it is asked for a migration. */
sealed interface Answer {
  /** It is there. */
  record Found(Fields object) implements Answer {}

  /** There is none of that name. */
  record Missing() implements Answer {}

  /** It knows no such kind. */
  record NoSuchKind() implements Answer {}

  /** 403, in its words. */
  record Forbidden(String message) implements Answer {}

  /** No answer that says anything of the migration; {@code pause}: that it asked for, or zero. */
  record Failed(String what, Duration pause) implements Answer {
    static Failed of(String what) {
      return new Failed(what, Duration.ZERO);
    }
  }
}
