package dev.sluice.operator.telemetry;

import dev.sluice.operator.decision.Transition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts runs that started, and that ended by outcome; never by name. */
public final class RunMetrics implements Consumer<Transition> {
  private final MeterRegistry registry;

  public RunMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accept(Transition transition) {
    switch (transition) {
      case Transition.RunStarted _ -> count("started");
      case Transition.RunEnded(var run, _) -> count(run.outcome().name().toLowerCase(Locale.ROOT));
      case Transition.Adopted _,
          Transition.Baselined _,
          Transition.Unrehearsed _,
          Transition.RecheckFailed _,
          Transition.ReadinessChanged _,
          Transition.SameRevision _ -> {}
    }
  }

  private void count(String event) {
    Counter.builder("sluice.runs")
        .description("Runs started, and ended by outcome")
        .tag("event", event)
        .register(registry)
        .increment();
  }
}
