package dev.sluice.e2e.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures the operator, from an empty API server to one with many Ready objects. */
public final class OperatorBench {
  private static final int LIVES = 100;
  private static final int REFUSED = 20;
  private static final int BURST = 1000;

  private final Api api;
  private final AuditLog audit;
  private final Starts starts;
  private final List<String> command;
  private final Path output;
  private final int most;

  private OperatorBench(
      Api api, AuditLog audit, List<String> command, Path output, int rounds, int most) {
    this.api = api;
    this.audit = audit;
    this.command = command;
    this.output = output;
    this.most = most;
    this.starts = new Starts(this::operator, audit, rounds);
  }

  /** Arguments: server, token, folder of logs, rounds, objects, command of the operator. */
  public static void main(String[] args) {
    var logs = Path.of(args[2]);
    new OperatorBench(
            new Api(args[0], args[1], 4),
            new AuditLog(logs.resolve("audit.log")),
            Stream.of(args).skip(5).toList(),
            logs.resolve("operator.log"),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]))
        .run();
    System.exit(0);
  }

  private OperatorProcess operator() {
    return new OperatorProcess(command, output);
  }

  private void run() {
    var columns = new ArrayList<Starts.Column>();
    columns.add(starts.at(0));
    var handover = Handover.of(api, this::operator);
    var single = Town.found(api, "single");
    var crowd = Town.found(api, "crowd");
    Lives lives;
    Refusals refusals;
    try (var _ = operator().needed()) {
      lives = Lives.oneByOne(single, names(LIVES), audit);
      refusals = Refusals.of(api, Town.found(api, "refused"), names(REFUSED));
    }
    columns.add(starts.at(LIVES));
    single.clear();
    Burst burst;
    try (var _ = operator().needed()) {
      burst = Burst.of(crowd, names(BURST), audit);
    }
    var household = crowd.household(names(1).getFirst());
    var limit = Limit.of(Town.found(api, "limit"), api, household.job(), BURST);
    columns.add(starts.at(BURST));
    if (most > BURST) {
      copies(household, most - BURST);
      columns.add(starts.at(most));
    }
    Starts.print(columns);
    lives.print(limit.one());
    refusals.print();
    burst.print(limit);
    handover.print();
  }

  private void copies(Household household, int number) {
    progress("making " + number + " more Ready objects");
    var town = Town.found(api, "copies");
    Crowd.all(names(number), name -> household.copy(api, town, name));
  }

  static void progress(String what) {
    System.err.println("bench: " + what);
  }

  private static List<String> names(int number) {
    return IntStream.range(0, number).mapToObj("shopping%05d"::formatted).toList();
  }
}
