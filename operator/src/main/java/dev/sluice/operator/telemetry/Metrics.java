package dev.sluice.operator.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** The page that Prometheus scrapes. Each scrape counts all objects, each kind in one pass. */
public final class Metrics {
  /** Gauges that are counted together, before each scrape. */
  public interface Counted {
    void count();
  }

  private final PrometheusMeterRegistry registry;
  private final List<Counted> counted;

  public Metrics(PrometheusMeterRegistry registry, List<Counted> counted) {
    this.registry = registry;
    this.counted = List.copyOf(counted);
  }

  String scrape() {
    counted.forEach(Counted::count);
    return registry.scrape();
  }
}
