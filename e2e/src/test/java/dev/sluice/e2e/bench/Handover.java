package dev.sluice.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From the leader's end until the operator that stood by holds the lease.
 *
 * @param graceful after SIGTERM
 * @param killed after SIGKILL
 */
record Handover(Figure graceful, Duration killed) {
  private static final int TIMES = 9;
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/sluice-system/leases/sluice-operator";

  static Handover of(Api api, Supplier<OperatorProcess> operator) {
    OperatorBench.progress("one leader after the other");
    var graceful = new ArrayList<Duration>();
    var leader = leading(api, operator.get());
    for (var time = 0; time < TIMES; time++) {
      var next = operator.get();
      graceful.add(between(api, leader, next, OperatorProcess::terminate));
      leader.close();
      leader = next;
    }
    try (var last = operator.get()) {
      return new Handover(new Figure(graceful), between(api, leader, last, OperatorProcess::kill));
    }
  }

  private static OperatorProcess leading(Api api, OperatorProcess process) {
    Polling.until("a leader", () -> leads(api, process));
    return process;
  }

  private static Duration between(
      Api api, OperatorProcess leader, OperatorProcess next, Consumer<OperatorProcess> end) {
    next.ready();
    // some moment between two looks at the lease
    Polling.sleep(Duration.ofMillis(1000 + (long) (Math.random() * 1000)));
    var from = Instant.now();
    end.accept(leader);
    leading(api, next);
    return Duration.between(from, Instant.now());
  }

  private static boolean leads(Api api, OperatorProcess process) {
    return process.name.equals(api.get(LEASE).path("spec").path("holderIdentity").asText());
  }

  void print() {
    System.out.printf("%n%-32s%12s%12s%n", "a leader ends -> the next leads", "p50", "most");
    System.out.printf(
        "  %-30s%12s%12s%n",
        "SIGTERM", Figure.tell(graceful.median()), Figure.tell(graceful.millis(1)));
    System.out.printf("  %-30s%12s%n", "SIGKILL", Figure.tell(killed));
  }
}
