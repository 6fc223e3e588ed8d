package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Other tools' images on one database, by a real API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TurnIT {
  private final TestNamespace stage = new TestNamespace();
  private SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  @Test
  void oneRunsAfterTheOther() {
    stage.apply(tool("first", "db.example"));
    stage.apply(tool("second", "DB.example"));

    var first = stage.run("first", 1).works();
    assertThat(stage.stands("second", "WaitingForTurn").job()).isNull();
    first.ends(0, "");

    stage.stands("first", "AppliedUnverified");
    stage.run("second", 1).works().ends(0, "");
    stage.stands("second", "AppliedUnverified");
  }

  @Test
  void anotherDatabaseWaitsForNobody() {
    stage.apply(tool("here", "here.example"));
    stage.apply(tool("there", "there.example"));

    stage.run("here", 1).works();
    stage.run("there", 1).works();
  }

  private static String tool(String name, String host) {
    return """
    apiVersion: sluice.dev/v1alpha1
    kind: DatabaseMigration
    metadata: {name: %s}
    spec:
      image: 'a/flyway:1'
      args: [migrate]
      database: {host: %s, name: shop, credentials: {secret: {name: shop-db}}}
    """
        .formatted(name, host);
  }
}
