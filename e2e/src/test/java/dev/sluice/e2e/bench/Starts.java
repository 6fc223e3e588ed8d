package dev.sluice.e2e.bench;

import dev.sluice.e2e.bench.AuditLog.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts of the operator beside objects that are Ready. */
final class Starts {
  private static final Duration CALM = Duration.ofSeconds(3);
  private static final Duration WATCHED = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** The part of a processor that renewing a lease may cost. */
  private static final double IDLE = .1;

  private final Supplier<OperatorProcess> operator;
  private final AuditLog audit;
  private final int rounds;

  Starts(Supplier<OperatorProcess> operator, AuditLog audit, int rounds) {
    this.operator = operator;
    this.audit = audit;
    this.rounds = rounds;
  }

  /** What was seen at one number of objects, as medians of all rounds; or why it didn't start. */
  record Column(int objects, List<Start> starts, @Nullable String failure) {
    private String median(Function<Start, Number> figure, Function<Double, String> tell) {
      var all = starts.stream().mapToDouble(s -> figure.apply(s).doubleValue()).sorted().toArray();
      return all.length == 0 ? "-" : tell.apply(all[all.length / 2]);
    }
  }

  /** Times since the process began; memory in megabytes. */
  record Start(
      Duration ready,
      Duration requested,
      Duration quiet,
      long requests,
      long writes,
      long resident,
      long peak,
      Duration scrape) {}

  Column at(int objects) {
    OperatorBench.progress("starting the operator beside " + objects + " Ready objects");
    var all = new ArrayList<Start>();
    try {
      for (var round = 0; round < rounds; round++) {
        all.add(start());
      }
      return new Column(objects, all, null);
    } catch (OperatorProcess.Ended e) {
      return new Column(objects, all, e.getMessage());
    }
  }

  private Start start() {
    try (var process = operator.get()) {
      var ready = process.ready();
      var quiet = quiet(process);
      Polling.sleep(WATCHED);
      var mine = mine(process);
      var busy = mine.stream().filter(r -> !r.idle()).toList();
      var last =
          busy.stream().map(Request::answered).max(Instant::compareTo).orElse(process.started());
      return new Start(
          ready,
          Duration.between(process.started(), last),
          quiet,
          busy.size(),
          mine.stream().filter(Request::write).count(),
          process.memory("VmRSS"),
          process.memory("VmHWM"),
          process.scrape());
    }
  }

  /** Until a second without a request and without work, after which a few more are as calm. */
  private Duration quiet(OperatorProcess process) {
    var calmSince = process.sinceStart();
    var requests = 0L;
    var cpu = process.cpu();
    while (process.sinceStart().compareTo(LONGEST) < 0) {
      var from = Instant.now();
      Polling.sleep(Duration.ofMillis(250));
      var nowRequests = mine(process).stream().filter(r -> !r.idle()).count();
      var nowCpu = process.cpu();
      var part =
          (double) nowCpu.minus(cpu).toMillis() / Duration.between(from, Instant.now()).toMillis();
      if (nowRequests != requests || part > IDLE) {
        calmSince = process.sinceStart();
      } else if (process.sinceStart().minus(calmSince).compareTo(CALM) > 0) {
        return calmSince;
      }
      requests = nowRequests;
      cpu = nowCpu;
    }
    return LONGEST;
  }

  private List<Request> mine(OperatorProcess process) {
    return audit.find(
        r -> Lives.OPERATOR.equals(r.user()) && r.received().isAfter(process.started()));
  }

  static void print(List<Column> columns) {
    row("start beside ... Ready objects", columns, c -> String.format("%,d", c.objects()));
    row("  until /readyz", columns, c -> c.median(s -> s.ready().toMillis(), Figure::tell));
    row(
        "  until its last request",
        columns,
        c -> c.median(s -> s.requested().toMillis(), Figure::tell));
    row("  until it rests", columns, c -> c.median(s -> s.quiet().toMillis(), Figure::tell));
    row("  requests but watches, leases", columns, c -> c.median(Start::requests, Starts::whole));
    row("  writes but leases", columns, c -> c.median(Start::writes, Starts::whole));
    row("  resident", columns, c -> c.median(Start::resident, m -> whole(m) + " MB"));
    row("  peak of it", columns, c -> c.median(Start::peak, m -> whole(m) + " MB"));
    row("  a scrape of /metrics", columns, c -> c.median(s -> s.scrape().toMillis(), Figure::tell));
    columns.stream()
        .map(Column::failure)
        .filter(Objects::nonNull)
        .forEach(failure -> System.out.println("  " + failure));
  }

  private static String whole(double number) {
    return String.format("%.0f", number);
  }

  private static void row(String what, List<Column> columns, Function<Column, String> cell) {
    System.out.println(
        columns.stream()
            .map(c -> "%12s".formatted(cell.apply(c)))
            .collect(Collectors.joining("", "%-32s".formatted(what), "")));
  }
}
