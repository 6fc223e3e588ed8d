package dev.sluice.migrations.engine;

import dev.sluice.migrations.credentials.CredentialSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether, and where, what is pending is tried before the database is touched.
 *
 * @param folder scratch space
 * @param server where a superuser may do everything; null: a throw-away server of one's own
 * @param database that is kept for it; null: one is made
 */
public record RehearsalRequest(
    Mode mode,
    Path folder,
    @Nullable CredentialSource server,
    @Nullable CredentialSource database) {
  public enum Mode {
    /** What fails in it doesn't run. */
    ENFORCE("Enforce"),
    /** What fails in it is named, and runs. */
    WARN("Warn"),
    NEVER("Never");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    public static Optional<Mode> of(String word) {
      return Stream.of(values()).filter(m -> m.word.equals(word)).findFirst();
    }
  }

  public static final RehearsalRequest NEVER =
      new RehearsalRequest(Mode.NEVER, Path.of("."), null, null);

  RehearsalRequest with(UnaryOperator<CredentialSource> watched) {
    return new RehearsalRequest(
        mode,
        folder,
        server == null ? null : watched.apply(server),
        database == null ? null : watched.apply(database));
  }
}
