package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;

/** Where a database begins that was migrated before without a history. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Baseline(
    @JsonPropertyDescription(
            "A migration of the folder: its file name, with or without .sql, or a version of"
                + " Flyway's. Up to and including this migration the database counts as migrated:"
                + " nothing of these runs. Only where neither the ledger nor the tool's history"
                + " knows the folder and the database isn't empty; an empty one is migrated from"
                + " the start.")
        @Required
        @Size(min = 1, max = 255)
        String to)
    implements Serializable {}
