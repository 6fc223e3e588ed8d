package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What another tool's work is compared with. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Verify(
    @JsonPropertyDescription(
            "The folder of the migrations in the tool's image, as Drizzle, Flyway or Liquibase keep"
                + " it; absolute, or relative to the image's working directory. The image needs"
                + " /bin/cp.")
        @Required
        @Size(min = 1, max = 512)
        String changelog,
    @JsonPropertyDescription(
            "Liquibase: the root changelog as Liquibase is told it (--changelog-file), relative to"
                + " that folder, which is its search path. Default: the folder is one of Drizzle"
                + " or Flyway.")
        @Size(min = 1, max = 512)
        @Nullable String changelogFile,
    @JsonPropertyDescription(
            "Liquibase: the contexts that it is told. Default: every changeset is expected.")
        @Size(min = 1, max = 512)
        @Nullable String contexts,
    @JsonPropertyDescription(
            "Liquibase: the label filter that it is told. Default: every changeset is expected.")
        @Size(min = 1, max = 512)
        @Nullable String labels,
    @JsonPropertyDescription(
            "The tool's history table, where it is told another one than its usual one.")
        @Nullable History history)
    implements Serializable {

  /** Where a tool keeps its history. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record History(
      @JsonPropertyDescription(
              "Its schema. Default: drizzle for Drizzle, else the current schema of the user.")
          @Size(min = 1, max = 63)
          @Nullable String schema,
      @JsonPropertyDescription(
              "Its name. Default: __drizzle_migrations, flyway_schema_history or"
                  + " databasechangelog.")
          @Size(min = 1, max = 63)
          @Nullable String table)
      implements Serializable {}
}
