package dev.sluice.migrations.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

class ReportJsonTest {
  private static final String SOME = "aé漢😀\"\\\n\u0000\u007f \uD800x";

  @Test
  void saysWhatTheContractSays() {
    var failure =
        Failure.of(Reason.CHANGE_SET_FAILED, "relation \"users\" already exists")
            .in("db/users.yaml::add::ann", "db/users.yaml")
            .sqlState("42P07")
            .hint("...");
    var report =
        new Report(
            Outcome.FAILED,
            "1.42.0",
            List.of("a::1::x"),
            new ChangeSetCounts(12, 1, 0),
            List.of("1.41.0"),
            new PlanSummary("d1", 3),
            failure);
    assertThat(new String(ReportJson.bytes(report), UTF_8))
        .isEqualTo(
            "{\"outcome\":\"Failed\",\"revision\":\"1.42.0\",\"applied\":1,"
                + "\"appliedChangeSets\":[\"a::1::x\"],\"total\":12,\"pending\":1,\"skipped\":0,"
                + "\"revisions\":[\"1.41.0\"],\"plan\":{\"digest\":\"d1\",\"changeSets\":3},\"failure\":{\"reason\":\"ChangeSetFailed\","
                + "\"changeSet\":\"db/users.yaml::add::ann\",\"file\":\"db/users.yaml\",\"sqlState\":\"42P07\",\"message\":\"relation"
                + " \\\"users\\\" already exists\",\"hint\":\"...\"}}");
  }

  @Test
  void saysWhatIsAheadOnlyWhereThereIsSome() {
    var counts = new ChangeSetCounts(12, 0, 0);
    var level = Report.succeeded("1", List.of(), counts, List.of());
    var ahead = Report.succeeded("1", List.of(), counts.withAhead(2), List.of());

    assertThat(new String(ReportJson.bytes(level), UTF_8)).doesNotContain("ahead");
    assertThat(new String(ReportJson.bytes(ahead), UTF_8)).contains("\"skipped\":0,\"ahead\":2");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fitsIntoATerminationMessageWhateverIsInIt(long seed) throws Exception {
    var random = new Random(seed);
    var names = IntStream.range(0, random.nextInt(60)).mapToObj(_ -> text(random, 900)).toList();
    var failure =
        random.nextBoolean()
            ? null
            : Failure.of(Reason.INTERNAL, text(random, 3000))
                .hint(text(random, 3000))
                .in(text(random, 3000), text(random, 3000))
                .sqlState("42P07");
    var plan = random.nextBoolean() ? null : new PlanSummary("5".repeat(64), random.nextInt());
    var report =
        new Report(
            Outcome.FAILED,
            text(random, 63),
            names,
            new ChangeSetCounts(1, 2, 3),
            names,
            plan,
            failure);
    var bytes = ReportJson.bytes(report);
    assertThat(bytes.length).isLessThanOrEqualTo(2048);
    var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    var json = JsonNode.parser().parse(text).asObject();
    assertThat(json)
        .hasEntrySatisfying("applied", n -> assertThat(n.asNumber()).isEqualTo(names.size() + ""));
    assertThat(json.containsKey("failure")).isEqualTo(failure != null);
    assertThat(text.contains("\"reason\":\"Internal\"")).isEqualTo(failure != null);
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static String text(Random random, int most) {
    var text = new StringBuilder();
    for (var left = random.nextInt(most + 1); left > 0; left--) {
      text.append(SOME.charAt(random.nextInt(SOME.length())));
    }
    return text.toString();
  }

  @Test
  void isWrittenOnlyWhereThereIsATerminationLog(@TempDir Path folder) throws Exception {
    var report = Report.succeeded("1", List.of(), new ChangeSetCounts(0, 0, 0), List.of());
    new TerminationLog(folder.resolve("none")).write(report);
    assertThat(folder).isEmptyDirectory();
    var log = Files.createFile(folder.resolve("log"));
    new TerminationLog(log).write(report);
    assertThat(log).content().startsWith("{\"outcome\":\"NothingPending\"");
  }
}
