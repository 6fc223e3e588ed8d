package dev.sluice.migrations.credentials;

/** Read again at every attempt to connect, so that a rotation in the middle is seen. */
@FunctionalInterface
public interface CredentialSource {
  Reading read();

  /** What came of one reading; messages name keys and fields, never values. */
  sealed interface Reading {
    record Found(Credentials credentials) implements Reading {}

    record KeyMissing(String message) implements Reading {}

    record Invalid(String message) implements Reading {}

    /** Refused for good: it won't pass by itself. */
    record Refused(String message) implements Reading {}

    /** This pod has nobody to ask as, and won't have. */
    record NoIdentity(String message) implements Reading {}

    /** May pass: throttled, or no answer. */
    record Unavailable(String message) implements Reading {}
  }
}
