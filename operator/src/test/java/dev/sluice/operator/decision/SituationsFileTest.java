package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.Condition;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Readiness.State;
import dev.sluice.operator.observation.Observation;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every situation and every reason, as the operator tells it, in a file that the tests of the
 * delivery tools read: none is forgotten there.
 */
final class SituationsFileTest {
  private static final Path COMMITTED = Path.of("../deploy/src/test/resources/situations.yaml");
  private static final Path TOLD = Path.of("target/situations.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void committedFileIsWhatTheOperatorTells() throws IOException {
    var lines = new ArrayList<String>();
    lines.add("# What the operator tells in each situation; SituationsFileTest writes it.");
    SituationsTest.situations().forEach(s -> lines.add(situation(s.get())));
    reasons().forEach(reason -> lines.addAll(standings(reason)));
    Files.write(TOLD, lines);
    assertThat(COMMITTED)
        .as("mend with: cp operator/%s deploy/src/test/resources/", TOLD)
        .hasSameTextualContentAs(TOLD);
  }

  private static String situation(@Nullable Object[] arguments) {
    var seen = (Observation) Objects.requireNonNull(arguments[1]);
    var status = DecisionFixture.settle(seen);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("generation", seen.desired().generation());
    if (seen.desired().deleting()) {
      metadata.put("deletionTimestamp", "2026-01-02T03:04:05Z");
    }
    return line(String.valueOf(arguments[0]), metadata, status.conditions());
  }

  private static List<String> reasons() {
    return Arrays.stream(Reasons.class.getFields())
        .filter(f -> Modifier.isStatic(f.getModifiers()))
        .map(SituationsFileTest::value)
        .toList();
  }

  private static String value(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> standings(String reason) {
    return List.of(
        standing(State.WORKING, reason, "works"), standing(State.STALLED, reason, "stands still"));
  }

  private static String standing(State state, String reason, String told) {
    var standing = new Readiness(state, reason, "why", Readiness.Event.CHANGE);
    var conditions = Conditions.of(standing, 1, List.of(), DecisionFixture.NOW);
    return line(told + ", " + reason, Map.of("generation", 1), conditions);
  }

  private static String line(String name, Map<String, ?> metadata, List<Condition> conditions) {
    var status = new LinkedHashMap<String, Object>();
    status.put("observedGeneration", conditions.getFirst().observedGeneration());
    status.put("conditions", conditions.stream().map(SituationsFileTest::condition).toList());
    var object = new LinkedHashMap<String, Object>();
    object.put("metadata", metadata);
    object.put("status", status);
    try {
      return JSON.writeValueAsString(name) + ": " + JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> condition(Condition condition) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("type", condition.type());
    fields.put("status", condition.status());
    fields.put("reason", condition.reason());
    fields.put("message", condition.message());
    return fields;
  }
}
