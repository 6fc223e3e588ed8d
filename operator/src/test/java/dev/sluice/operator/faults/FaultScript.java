package dev.sluice.operator.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which fault comes when. It counts on when the operator is another one. */
final class FaultScript {
  /** Any write to migrations and Jobs. */
  static final String WRITE = "write";

  /** Any call. */
  static final String CALL = "call";

  /** Any event of a watch. */
  static final String EVENT = "event";

  private final List<Rule> rules;
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<String> journal = new ArrayList<>();
  private boolean armed = true;
  private int bites;

  FaultScript(List<Rule> rules) {
    this.rules = new ArrayList<>(rules);
  }

  static FaultScript none() {
    return new FaultScript(List.of());
  }

  static FaultScript of(Rule... rules) {
    return new FaultScript(List.of(rules));
  }

  /**
   * One fault.
   *
   * @param key verb and resource, such as {@code patch databasemigrations/status} or {@code event
   *     jobs}, or one of the words above
   * @param first the call or event that it begins with, from 1
   * @param times how many it goes on for
   */
  record Rule(String key, int first, int times, Fault fault) {
    Rule(String key, int first, Fault fault) {
      this(key, first, 1, fault);
    }
  }

  /** Counts a call or event, and tells its fault. */
  synchronized Optional<Fault> next(List<String> keys, String what) {
    keys.forEach(key -> counts.merge(key, 1, Integer::sum));
    var fault =
        rules.stream().filter(rule -> armed && bites(rule, keys)).map(Rule::fault).findFirst();
    fault.ifPresent(_ -> bites++);
    journal.add(what + fault.map(f -> " <- " + f).orElse(""));
    return fault;
  }

  private boolean bites(Rule rule, List<String> keys) {
    var count = keys.contains(rule.key()) ? counts.getOrDefault(rule.key(), 0) : 0;
    return count >= rule.first() && count - rule.first() < rule.times();
  }

  /** Adds a fault for the next call or event of that key. */
  synchronized void soon(String key, int times, Fault fault) {
    rules.add(new Rule(key, count(key) + 1, times, fault));
  }

  synchronized int count(String key) {
    return counts.getOrDefault(key, 0);
  }

  /** How many faults came. */
  synchronized int bites() {
    return bites;
  }

  /** From here on all goes well. */
  synchronized void end() {
    armed = false;
  }

  /** What happened, in order. */
  synchronized List<String> journal() {
    return List.copyOf(journal);
  }
}
