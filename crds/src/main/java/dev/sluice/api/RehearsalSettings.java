package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Whether, and on which server, migrations are tried before a run touches the database. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RehearsalSettings(
    @JsonPropertyDescription(
            "What becomes of a run whose migrations fail in the rehearsal. Enforce: it is refused"
                + " (RehearsalFailed) before it touches the database. Warn: it goes on, and an"
                + " event says why. Never: nothing is rehearsed. Default: Enforce.")
        RehearsalMode mode,
    @JsonPropertyDescription(
            "A PostgreSQL image that is run beside the migrations and rehearsed on, such as one"
                + " with PostGIS: the official image, or one built on it. Default: the PostgreSQL"
                + " inside the migrations image.")
        @Size(min = 1, max = 512)
        @Nullable String image,
    @JsonPropertyDescription(
            "In place of image: a key of a Secret that holds the URL of a database to rehearse on,"
                + " which is empty or a clone with real data. The rehearsal changes it. It must not"
                + " be on the server that the migrations are for.")
        @Nullable UrlSecret urlSecret)
    implements Serializable {

  public static final RehearsalSettings DEFAULT =
      new RehearsalSettings(RehearsalMode.Enforce, null, null);

  public RehearsalSettings {
    mode = mode == null ? RehearsalMode.Enforce : mode;
  }

  /** A Secret's key with a URL. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record UrlSecret(
      @JsonPropertyDescription(
              "Name of the Secret, in the namespace of the DatabaseMigration. It is mounted into"
                  + " the migrations pod; the operator never reads it.")
          @Required
          @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription(
              "Its key that holds the URL, postgresql://user:password@host:port/name.")
          @Required
          @Size(min = 1, max = 253)
          String key)
      implements Serializable {}
}
