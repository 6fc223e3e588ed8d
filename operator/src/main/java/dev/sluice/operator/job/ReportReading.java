package dev.sluice.operator.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.RevisionName;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.PlanDigest;
import dev.sluice.operator.observation.TerminationReport;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a termination message; whatever it is, nothing breaks, and nothing gets through uncut. */
final class ReportReading {
  /** The kubelet cuts at 4,096 bytes. */
  private static final int LONGEST = 4096;

  private static final int MOST_MIGRATIONS = 100_000;

  /** Two names of 63 bytes, quoted. */
  private static final int LONGEST_TABLE = 131;

  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern ANSWERS = Pattern.compile("[01]{1,100}");
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(18)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .build();

  private ReportReading() {}

  static TerminationReport read(@Nullable String message) {
    if (message == null || message.length() > LONGEST) {
      return TerminationReport.NONE;
    }
    try {
      return report(CutJson.read(JSON, message));
    } catch (IOException e) {
      // not ours: the exit code says enough
      return TerminationReport.NONE;
    }
  }

  private static TerminationReport report(JsonNode json) {
    return new TerminationReport(
        number(json.path("applied")),
        BoundedText.list(json.path("appliedChangeSets"), 20, 400),
        number(json.path("total")),
        number(json.path("pending")),
        number(json.path("skipped")),
        entered(json.path("ahead")),
        BoundedText.list(json.path("revisions"), 10, 63).stream()
            .filter(r -> RevisionName.isValid(r))
            .toList(),
        answers(json.path("requiredRevisions")),
        adoption(json),
        entered(json.path("baselined")),
        RehearsalReading.read(json.path("rehearsal")),
        plan(json.path("plan")),
        failure(json.path("failure")));
  }

  /** A digit for each revision: 1 says that the database has it. */
  private static List<Boolean> answers(JsonNode json) {
    return json.isTextual() && ANSWERS.matcher(json.textValue()).matches()
        ? json.textValue().chars().mapToObj(digit -> digit == '1').toList()
        : List.of();
  }

  private static @Nullable Adoption adoption(JsonNode json) {
    var migrations = entered(json.path("adopted"));
    var table = BoundedText.of(json.path("adoptedFrom"), LONGEST_TABLE);
    return migrations == null || table == null ? null : new Adoption(migrations, table);
  }

  /** Null: none, or more than any folder has. */
  private static @Nullable Integer entered(JsonNode json) {
    var migrations = number(json);
    return migrations == null || migrations == 0 || migrations > MOST_MIGRATIONS
        ? null
        : migrations;
  }

  private static @Nullable Plan plan(JsonNode json) {
    var digest = BoundedText.of(json.path("digest"), 64);
    return digest != null && PlanDigest.isValid(digest)
        ? new Plan(digest, number(json.path("changeSets")), null)
        : null;
  }

  private static @Nullable Failure failure(JsonNode json) {
    var reason = BoundedText.of(json.path("reason"), 64);
    return reason == null || !REASON.matcher(reason).matches()
        ? null
        : new Failure(
            reason,
            BoundedText.of(json.path("changeSet"), 400),
            BoundedText.of(json.path("file"), 400),
            position(json.path("line")),
            position(json.path("statement")),
            BoundedText.of(json.path("sqlState"), 5),
            BoundedText.of(json.path("message"), 500),
            BoundedText.of(json.path("hint"), 300));
  }

  /** Counted from 1. */
  private static @Nullable Integer position(JsonNode json) {
    var number = number(json);
    return number == null || number == 0 ? null : number;
  }

  private static @Nullable Integer number(JsonNode json) {
    return json.isInt() && json.intValue() >= 0 ? json.intValue() : null;
  }
}
