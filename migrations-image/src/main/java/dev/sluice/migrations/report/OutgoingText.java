package dev.sluice.migrations.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one place that every text passes on its way out, to the log, the console and the report:
 * secrets that are known are masked there, whatever brought them into it.
 */
public final class OutgoingText {
  static final String MASK = "***";

  /** Anything shorter is in too many words. */
  private static final int SHORTEST = 4;

  /** Anything shorter is masked only where it isn't a part of a longer word. */
  private static final int LONG = 8;

  /** In bytes. */
  private static final int LONGEST_NAME = 63;

  private final Supplier<? extends Collection<String>> secrets;
  private Set<String> known = Set.of();
  private @Nullable Pattern pattern;

  /** {@code secrets} may become more while the program runs: a password that is rotated. */
  public OutgoingText(Supplier<? extends Collection<String>> secrets) {
    this.secrets = secrets;
  }

  public synchronized String of(String text) {
    var now = Set.copyOf(secrets.get());
    if (!now.equals(known)) {
      known = now;
      pattern = pattern(now);
    }
    return pattern == null ? text : pattern.matcher(text).replaceAll(MASK);
  }

  public Report of(Report report) {
    var failure = report.failure();
    return new Report(
        report.outcome(),
        report.revision(),
        report.applied().stream().map(this::of).toList(),
        report.counts(),
        report.revisions(),
        report.plan(),
        failure == null ? null : of(failure),
        report.required(),
        report.takenOver(),
        report.rehearsal() == null ? null : of(report.rehearsal()));
  }

  private RehearsalVerdict of(RehearsalVerdict verdict) {
    return new RehearsalVerdict(
        verdict.result(),
        verdict.tenths(),
        verdict.postgres(),
        verdict.stubs(),
        verdict.skipped().stream().map(this::of).toList(),
        present(verdict.warning()));
  }

  private Failure of(Failure failure) {
    return new Failure(
        failure.reason(),
        failure.exit(),
        of(failure.message()),
        present(failure.hint()),
        present(failure.changeSet()),
        present(failure.file()),
        failure.sqlState(),
        failure.place());
  }

  private @Nullable String present(@Nullable String text) {
    return text == null ? null : of(text);
  }

  private static @Nullable Pattern pattern(Set<String> secrets) {
    var forms =
        secrets.stream()
            .flatMap(OutgoingText::forms)
            .filter(form -> form.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(OutgoingText::pattern)
            .collect(Collectors.joining("|"));
    // the server folds a name that isn't quoted
    return forms.isEmpty()
        ? null
        : Pattern.compile(forms, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String pattern(String form) {
    var quoted = Pattern.quote(form);
    return form.length() < LONG ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])" : quoted;
  }

  /** As the server cuts it where it is a name. */
  private static String asName(String secret) {
    var bytes = secret.getBytes(UTF_8);
    return bytes.length <= LONGEST_NAME
        ? secret
        : new String(bytes, 0, LONGEST_NAME, UTF_8).replace("\uFFFD", "");
  }

  /** As it is, in SQL, in a URL, on one line, and each of its lines. */
  private static Stream<String> forms(String secret) {
    var quoted = secret.replace("'", "''");
    var encoded = URLEncoder.encode(secret, UTF_8);
    var whole =
        List.of(
            secret,
            quoted,
            encoded,
            encoded.replace("+", "%20"),
            secret.replaceAll("\\s+", " ").strip(),
            secret.strip(),
            asName(secret));
    return Stream.concat(whole.stream(), secret.lines().map(String::strip));
  }
}
