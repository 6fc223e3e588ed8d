package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.migrations.text.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservationTextTest {
  private static final TableName CUSTOMERS = new TableName("shop", "customers");
  private static final TableName ORDERS = new TableName("shop", "Orders");

  private static final ChangeSetObservation NOTABLE =
      changeSet(
          new StepObservation(
              1,
              "0001.sql",
              3,
              Duration.ofMillis(7),
              List.of(new DdlCommand("ALTER TABLE", "table", "shop.customers", true)),
              List.of(new DroppedObject("table column", "shop.customers.name", true, false)),
              List.of(new Rewrite(CUSTOMERS, Set.of(RewriteReason.COLUMN_TYPE))),
              List.of(),
              List.of(new TableLock(CUSTOMERS, LockMode.ACCESS_EXCLUSIVE, 1)),
              List.of(new TableScan(CUSTOMERS, 1, 0), new TableScan(ORDERS, 1, 0)),
              List.of(),
              List.of()));

  private static ChangeSetObservation changeSet(StepObservation... steps) {
    return new ChangeSetObservation("a::1::b", Duration.ofMillis(9), List.of(steps));
  }

  @Test
  void aLineSaysWhatIsNotable() {
    assertEquals(
        Optional.of(
            "ACCESS EXCLUSIVE on shop.customers; rewrites it; full scan of shop.\"Orders\"; drops"
                + " table column shop.customers.name"),
        ObservationSummary.of(NOTABLE));
  }

  @Test
  void nothingNotableIsNoLine() {
    assertEquals(
        Optional.empty(),
        ObservationSummary.of(
            changeSet(
                new StepObservation(
                    1,
                    "0001.sql",
                    1,
                    Duration.ZERO,
                    List.of(new DdlCommand("CREATE TABLE", "table", "shop.t", false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(new TableLock(CUSTOMERS, LockMode.ROW_EXCLUSIVE, 1)),
                    List.of(new TableScan(CUSTOMERS, 0, 1)),
                    List.of(),
                    List.of()))));
  }

  @Test
  void jsonIsRead() throws Json.BadException {
    var json = ObservationJson.of(List.of(NOTABLE));

    assertTrue(Json.parse(json) instanceof List<?> all && all.size() == 1, json);
    assertTrue(
        json.contains(
            """
            "rewrites":[{"table":"shop.customers","reasons":["COLUMN_TYPE"]}]\
            """),
        json);
    assertTrue(json.contains("\"table\":\"shop.\\\"Orders\\\"\""), json);
  }

  @Test
  void aStarStandsForAnyCharacters() {
    var unwatched = UnwatchedTables.of(List.of("*.databasechangelog", "sluice.*", "a.b"));

    assertTrue(unwatched.contains(new TableName("shop", "databasechangelog")));
    assertTrue(unwatched.contains(new TableName("sluice", "anything")));
    assertFalse(unwatched.contains(new TableName("shop", "databasechangelogs")));
    assertFalse(unwatched.contains(new TableName("axb", "b")));
  }
}
