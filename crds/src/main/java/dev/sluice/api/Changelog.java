package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The changelog, its parameters, its ledger, and the history of its tool. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Changelog(
    @JsonPropertyDescription(
            "The root changelog (YAML, XML, JSON or formatted SQL), or a folder of plain SQL as"
                + " Drizzle or Flyway keep it (\".\" for the root itself), relative to /migrations"
                + " in the image or to the ConfigMap's keys. The ledger records the files of a"
                + " Liquibase changelog under this name.")
        @Size(min = 1, max = 512)
        @Nullable String path,
    @JsonPropertyDescription(
            "In place of path: several folders of Flyway that are one, as its locations are.")
        @Size(min = 2, max = 16)
        @Nullable List<String> paths,
    @JsonPropertyDescription(
            "A ConfigMap of the same namespace that holds the changelog, a file a key; for small"
                + " changelogs (1 MiB at most).")
        @Nullable ConfigMapReference configMap,
    @JsonPropertyDescription("The history table that Liquibase calls databasechangelog.")
        Ledger ledger,
    @JsonPropertyDescription(
            "SQL folders only: the history table of the folder's tool, where it isn't in its usual"
                + " place.")
        History history,
    @JsonPropertyDescription(
            "Liquibase's changelog parameters, Flyway's placeholders: ${name} in the changelog"
                + " becomes the value. At most 100, and 16384 characters in all. They aren't"
                + " secret: secrets belong into parametersFrom. Another value starts one run, also"
                + " when the revision is applied.")
        Map<String, String> parameters,
    @JsonPropertyDescription(
            "ConfigMaps and Secrets of which every key is a parameter. Later entries win over"
                + " earlier ones, parameters over all. Another list starts one run; a change inside"
                + " of a ConfigMap or Secret isn't noticed (sluice.dev/retry asks for a run then).")
        @Size(max = 16)
        List<ParameterSource> parametersFrom)
    implements Serializable {

  public Changelog {
    ledger = ledger == null ? Ledger.DEFAULT : ledger;
    history = history == null ? History.DEFAULT : history;
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    parametersFrom = parametersFrom == null ? List.of() : List.copyOf(parametersFrom);
    paths = paths == null ? null : List.copyOf(paths);
  }

  /** One of it, or several folders; none where another version's CRD lets both be left out. */
  public List<String> locations() {
    return path != null ? List.of(path) : paths != null ? paths : List.of();
  }

  /** A ConfigMap by name. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ConfigMapReference(
      @JsonPropertyDescription("Name of the ConfigMap, in the namespace of the DatabaseMigration.")
          @Required
          @Size(min = 1, max = 253)
          String name)
      implements Serializable {}

  /** Where the history is kept. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ledger(
      @JsonPropertyDescription(
              "Schema of the history table; it must exist. Default: sluice for SQL folders, which"
                  + " the run makes, or the first of session.searchPath; the current schema of the"
                  + " session for a Liquibase changelog.")
          @Size(min = 1, max = 63)
          @Nullable String schema,
      @JsonPropertyDescription("Name of the history table. Default: databasechangelog.")
          @Size(min = 1, max = 55)
          @Nullable String table)
      implements Serializable {
    public static final Ledger DEFAULT = new Ledger(null, null);
  }

  /** Where the folder's tool keeps its own history. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record History(
      @JsonPropertyDescription(
              "Its schema. Default: drizzle for Drizzle, the current schema of the session for"
                  + " Flyway.")
          @Size(min = 1, max = 63)
          @Nullable String schema,
      @JsonPropertyDescription("Its name. Default: __drizzle_migrations or flyway_schema_history.")
          @Size(min = 1, max = 63)
          @Nullable String table)
      implements Serializable {
    public static final History DEFAULT = new History(null, null);
  }
}
