package dev.sluice.migrations.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.report.RehearsalVerdict.Result;
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
            .at(new Failure.Place(2, 3, 7))
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
            "{\"outcome\":\"Failed\",\"revision\":\"1.42.0\",\"failure\":{\"reason\":\"ChangeSetFailed\","
                + "\"changeSet\":\"db/users.yaml::add::ann\",\"file\":\"db/users.yaml\",\"line\":7,"
                + "\"statement\":2,\"statements\":3,\"sqlState\":\"42P07\",\"message\":\"relation"
                + " \\\"users\\\" already"
                + " exists\",\"hint\":\"...\"},\"plan\":{\"digest\":\"d1\",\"changeSets\":3},"
                + "\"applied\":1,\"total\":12,\"pending\":1,\"skipped\":0,\"revisions\":[\"1.41.0\"],"
                + "\"appliedChangeSets\":[\"a::1::x\"]}");
  }

  private static String longName(int number) {
    return "%02d".formatted(number) + "x".repeat(398);
  }

  private static List<String> longs(int count) {
    return IntStream.range(0, count).mapToObj(ReportJsonTest::longName).toList();
  }

  private static JsonNode json(List<String> names, int skipped, int message) throws Exception {
    var failure =
        Failure.of(Reason.CHANGE_SET_FAILED, "m".repeat(message))
            .in("c".repeat(400), "f".repeat(400))
            .hint("h".repeat(message));
    var revisions = IntStream.range(0, 10).mapToObj(i -> "r".repeat(62) + i).toList();
    var verdict = new RehearsalVerdict(Result.PARTIAL, 12, "18.1", List.of(), longs(skipped), "w");
    var counts = new ChangeSetCounts(99, 1, 0);
    var report = new Report(Outcome.FAILED, "1", names, counts, revisions, null, failure);
    var bytes = ReportJson.bytes(report.with(verdict));
    assertThat(bytes.length).isLessThanOrEqualTo(4096);
    return JsonNode.parser().parse(new String(bytes, UTF_8));
  }

  private static int length(JsonNode json, String... path) {
    var node = json;
    for (var name : path) {
      node = node.field(name).orElseThrow();
    }
    return node.isArray() ? node.asArray().size() : node.asString().length();
  }

  @Test
  void dropsNamesOfChangeSetsFirst() throws Exception {
    var json = json(longs(20), 2, 400);
    assertThat(length(json, "appliedChangeSets")).isBetween(0, 2);
    assertThat(json.field("applied").orElseThrow().asNumber()).isEqualTo("20");
    assertThat(length(json, "rehearsal", "skipped")).isEqualTo(2);
    assertThat(length(json, "revisions")).isEqualTo(10);
    assertThat(length(json, "failure", "message")).isEqualTo(400);
  }

  @Test
  void dropsWhatWasNotRehearsedNext() throws Exception {
    var json = json(longs(20), 20, 400);
    assertThat(length(json, "appliedChangeSets")).isZero();
    assertThat(length(json, "rehearsal", "skipped")).isBetween(1, 5);
    assertThat(length(json, "revisions")).isEqualTo(10);
    assertThat(length(json, "failure", "message")).isEqualTo(400);
  }

  @Test
  void thenCutsTextsAndKeepsRevisions() throws Exception {
    var text = "\u6f22".repeat(500);
    var failure = Failure.of(Reason.CHANGE_SET_FAILED, text).in(text, text).hint(text);
    var revisions = IntStream.range(0, 10).mapToObj(i -> "r".repeat(62) + i).toList();
    var bytes =
        ReportJson.bytes(new Report(Outcome.FAILED, "1", longs(2), null, revisions, null, failure));
    var json = JsonNode.parser().parse(new String(bytes, UTF_8));
    assertThat(length(json, "appliedChangeSets")).isZero();
    assertThat(length(json, "revisions")).isEqualTo(10);
    assertThat(length(json, "failure", "message")).isBetween(120, 320);
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
    assertThat(bytes.length).isLessThanOrEqualTo(4096);
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
