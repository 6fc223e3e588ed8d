package dev.sluice.migrations.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The report as one JSON object that fits into a termination message. What matters most comes
 * first, for the kubelet may cut it: of a pod with many containers it keeps less of each.
 */
public final class ReportJson {
  /** What the kubelet reads of a container. */
  public static final int MOST_BYTES = 4096;

  private static final int MOST_CHANGE_SETS = 20;
  private static final int MOST_REHEARSED = 20;
  private static final int MOST_REVISIONS = 10;
  private static final int MOST_TEXT = 500;
  private static final int SHORT_TEXT = 120;

  /** How much of each part is kept; tried from the widest to the narrowest. */
  private record Cut(int changeSets, int rehearsed, int revisions, int text) {
    boolean narrowest() {
      return changeSets == 0 && rehearsed == 0 && revisions == 0 && text == 0;
    }

    /** Names of changesets go first, then what wasn't rehearsed, long texts, revisions, texts. */
    Cut narrower() {
      if (changeSets > 0) {
        return new Cut(changeSets - 1, rehearsed, revisions, text);
      }
      if (rehearsed > 0) {
        return new Cut(0, rehearsed - 1, revisions, text);
      }
      if (text > SHORT_TEXT) {
        return new Cut(0, 0, revisions, Math.max(SHORT_TEXT, text - 60));
      }
      if (revisions > 0) {
        return new Cut(0, 0, revisions - 1, text);
      }
      return new Cut(0, 0, 0, Math.max(0, text - 20));
    }
  }

  private ReportJson() {}

  public static byte[] bytes(Report report) {
    var cut = new Cut(MOST_CHANGE_SETS, MOST_REHEARSED, MOST_REVISIONS, MOST_TEXT);
    var bytes = json(report, cut).getBytes(UTF_8);
    while (bytes.length > MOST_BYTES && !cut.narrowest()) {
      cut = cut.narrower();
      bytes = json(report, cut).getBytes(UTF_8);
    }
    return bytes;
  }

  /** How a database stands, for a program that asks; not cut. */
  public static byte[] status(int applied, int adoptable, List<String> pending) {
    var json = new JsonWriter(Integer.MAX_VALUE);
    json.open();
    json.number("applied", applied);
    json.number("adoptable", adoptable);
    json.number("pending", pending.size());
    json.texts("pendingChangeSets", pending);
    json.close();
    return json.toString().getBytes(UTF_8);
  }

  private static String json(Report report, Cut cut) {
    var json = new JsonWriter(cut.text());
    json.open();
    json.text("outcome", report.outcome().label());
    json.text("revision", report.revision());
    if (report.failure() != null) {
      failure(json, report.failure());
    }
    var plan = report.plan();
    if (plan != null) {
      json.open("plan");
      json.whole("digest", plan.digest());
      json.number("changeSets", plan.changeSets());
      json.close();
    }
    json.number("applied", report.applied().size());
    var counts = report.counts();
    if (counts != null) {
      json.number("total", counts.total());
      json.number("pending", counts.pending());
      json.number("skipped", counts.skipped());
      if (counts.ahead() > 0) {
        json.number("ahead", counts.ahead());
      }
    }
    takenOver(json, report.takenOver());
    if (!report.required().isEmpty()) {
      json.whole("requiredRevisions", digits(report.required()));
    }
    json.texts("revisions", first(report.revisions(), cut.revisions()));
    if (report.rehearsal() != null) {
      rehearsal(json, report.rehearsal(), cut);
    }
    json.texts("appliedChangeSets", first(report.applied(), cut.changeSets()));
    json.close();
    return json.toString();
  }

  private static void failure(JsonWriter json, Failure failure) {
    json.open("failure");
    json.text("reason", failure.reason().label());
    json.text("changeSet", failure.changeSet());
    json.text("file", failure.file());
    var place = failure.place();
    if (place != null) {
      known(json, "line", place.line());
      known(json, "statement", place.statement());
      known(json, "statements", place.of());
    }
    json.text("sqlState", failure.sqlState());
    json.text("message", failure.message());
    json.text("hint", failure.hint());
    json.close();
  }

  private static void known(JsonWriter json, String name, int value) {
    if (value > 0) {
      json.number(name, value);
    }
  }

  private static void takenOver(JsonWriter json, TakenOver takenOver) {
    if (takenOver.from() != null) {
      json.number("adopted", takenOver.adopted());
      json.text("adoptedFrom", takenOver.from());
    }
    if (takenOver.baselined() > 0) {
      json.number("baselined", takenOver.baselined());
    }
  }

  private static void rehearsal(JsonWriter json, RehearsalVerdict verdict, Cut cut) {
    json.open("rehearsal");
    json.whole("result", verdict.result().label());
    json.tenths("seconds", verdict.tenths());
    json.text("postgres", verdict.postgres());
    json.text("warning", verdict.warning());
    json.texts("stubs", first(verdict.stubs(), cut.rehearsed()));
    json.texts("skipped", first(verdict.skipped(), cut.rehearsed()));
    json.close();
  }

  private static String digits(List<Boolean> answers) {
    return answers.stream().map(has -> has ? "1" : "0").collect(Collectors.joining());
  }

  private static List<String> first(List<String> all, int most) {
    return all.subList(0, Math.min(all.size(), most));
  }
}
