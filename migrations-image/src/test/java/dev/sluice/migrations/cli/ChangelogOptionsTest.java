package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangelogOptionsTest {
  private final ChangelogOptions options = new ChangelogOptions();

  @Test
  void winOverTheEnvironment() {
    options.changelog = List.of("option.sql");
    options.deadline = "5m";
    assertThat(options.over(Map.of("SLUICE_CHANGELOG", "variable.sql", "SLUICE_LABELS", "kept")))
        .containsEntry("SLUICE_CHANGELOG", "option.sql")
        .containsEntry("SLUICE_DEADLINE", "5m")
        .containsEntry("SLUICE_LABELS", "kept")
        .doesNotContainKey("SLUICE_CONTEXTS");
  }

  @Test
  void areDefaultsOfLibpqWhereNothingIsSaid() {
    var user = System.getProperty("user.name");
    assertThat(options.over(Map.of()))
        .containsEntry("PGHOST", "localhost")
        .containsEntry("PGUSER", user)
        .containsEntry("PGDATABASE", user);
    assertThat(options.over(Map.of("PGUSER", "ann"))).containsEntry("PGDATABASE", "ann");
    assertThat(options.over(Map.of("PGUSER", "ann", "PGDATABASE", "shop", "PGHOST", "db")))
        .containsEntry("PGDATABASE", "shop")
        .containsEntry("PGHOST", "db");
  }

  @Test
  void leaveItToAnAwsSecretToSayWhere() {
    assertThat(options.over(Map.of("SLUICE_AWS_SECRET_ID", "shop")))
        .doesNotContainKeys("PGHOST", "PGUSER", "PGDATABASE");
  }

  @Test
  void everyOptionHasItsVariable() {
    options.root = "1";
    options.changelog = List.of("2", "2a", "2b");
    options.contexts = "3";
    options.labels = "4";
    options.outOfOrder = "5";
    options.ledgerSchema = "6";
    options.ledgerTable = "7";
    options.deadline = "8";
    options.missing = "9";
    options.edited = "10";
    options.adopt = "11";
    options.historySchema = "12";
    options.historyTable = "13";
    assertThat(options.over(Map.of()))
        .containsAllEntriesOf(
            Map.of(
                "SLUICE_CHANGELOG_ALSO", "2a,2b",
                "SLUICE_MISSING", "9",
                "SLUICE_EDITED", "10",
                "SLUICE_ADOPT", "11",
                "SLUICE_HISTORY_SCHEMA", "12",
                "SLUICE_HISTORY_TABLE", "13"))
        .containsAllEntriesOf(
            Map.of(
                "SLUICE_ROOT", "1",
                "SLUICE_CHANGELOG", "2",
                "SLUICE_CONTEXTS", "3",
                "SLUICE_LABELS", "4",
                "SLUICE_OUT_OF_ORDER", "5",
                "SLUICE_LEDGER_SCHEMA", "6",
                "SLUICE_LEDGER_TABLE", "7",
                "SLUICE_DEADLINE", "8"));
  }
}
