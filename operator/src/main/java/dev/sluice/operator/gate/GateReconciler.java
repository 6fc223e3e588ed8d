package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.GateReasons;
import dev.sluice.operator.controller.BoundedMap;
import dev.sluice.operator.controller.EventSink;
import dev.sluice.operator.controller.Refusals;
import dev.sluice.operator.controller.WatchedMigrations;
import dev.sluice.operator.decision.Notice;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.gate.GateDecision.Open;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Field;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Looks at pods without a node that have our gate: decide, then open or report. */
@ControllerConfiguration(
    name = "gate",
    informer =
        @Informer(
            fieldSelector = @Field(path = "spec.nodeName", value = ""),
            genericFilter = GateReconciler.Gated.class,
            informerListLimit = GateReconciler.PAGE),
    generationAwareEventProcessing = false,
    // a pod without our gate may have a node before it is looked at
    triggerReconcilerOnAllEvents = true)
public final class GateReconciler implements Reconciler<Pod> {
  static final long PAGE = 200;
  private final GateOpener opener;
  private final WatchedMigrations migrations;
  private final WaitingPods waiting;
  private final EventSink events;
  private final InstantSource clock;
  private final Timings timings;
  private final NotifiedPods notified;
  private final NotifiedPods ungated;
  private final Refusals refusals;
  private final RolloutLookup rollouts;

  /** Pods whose gate went, for where a pod has no generation. */
  private final Map<String, Boolean> opened = Collections.synchronizedMap(new BoundedMap<>());

  /** {@code writes} is for the patch that opens a gate. */
  public GateReconciler(
      KubernetesClient client,
      KubernetesClient writes,
      WatchedMigrations migrations,
      WaitingPods waiting,
      EventSink events,
      InstantSource clock,
      Timings timings) {
    this.opener = new GateOpener(writes);
    this.migrations = migrations;
    this.waiting = waiting;
    this.events = events;
    this.clock = clock;
    this.timings = timings;
    this.notified = new NotifiedPods(timings.soon());
    this.ungated = new NotifiedPods(timings.soon());
    this.refusals = new Refusals(timings);
    this.rollouts = new RolloutLookup(client);
  }

  @Override
  public UpdateControl<Pod> reconcile(Pod pod, Context<Pod> context) {
    warnOfGate(pod);
    if (context.isPrimaryResourceDeleted() || !GatedPod.waits(pod)) {
      return UpdateControl.noUpdate();
    }
    return switch (decide(pod, migrations::seen)) {
      case Open _ -> open(pod);
      case Closed closed -> hold(pod, closed);
    };
  }

  /** A cache that lags must not open a gate that can't be closed again. */
  private UpdateControl<Pod> open(Pod pod) {
    return switch (decide(pod, migrations::stored)) {
      case Closed _ -> UpdateControl.<Pod>noUpdate().rescheduleAfter(timings.soon());
      case Open open -> open(pod, open);
    };
  }

  private UpdateControl<Pod> open(Pod pod, Open open) {
    return switch (opener.open(pod, GatedPod.gate(pod).orElseThrow())) {
      case GateOpener.Result.Overtaken() ->
          UpdateControl.<Pod>noUpdate().rescheduleAfter(timings.soon());
      case GateOpener.Result.Opened() -> {
        passed(pod);
        opened.put(pod.getMetadata().getUid(), true);
        events.send(pod, new Notice(false, GateReasons.OPENED, open.message()));
        yield UpdateControl.noUpdate();
      }
      case GateOpener.Result.Refused(var words) -> refused(pod, open, words);
    };
  }

  private void passed(Pod pod) {
    waiting.notRefused(pod);
    refusals.over(pod.getMetadata().getUid());
  }

  /** It is said without the grace of other warnings: nothing else is on its way. */
  private UpdateControl<Pod> refused(Pod pod, Open open, String words) {
    waiting.refused(pod);
    var message =
        open.message()
            + ", but the API server refuses the patch that takes the gate away: "
            + SafeText.cut(words, 600);
    var closed = new Closed(GateDecision.Hold.OPENING_REFUSED, message);
    if (notified.isNew(pod, closed.message(), clock.instant())) {
      events.send(pod, new Notice(true, closed.hold().reason(), closed.message()));
    }
    return UpdateControl.<Pod>noUpdate().rescheduleAfter(refusals.next(pod.getMetadata().getUid()));
  }

  private UpdateControl<Pod> hold(Pod pod, Closed closed) {
    passed(pod);
    if (notified.isDue(pod, closed, clock.instant())) {
      var warning = closed.hold().warning();
      var advice = warning ? GatedPod.afterRollBack(pod) : "";
      events.send(pod, new Notice(warning, closed.hold().reason(), closed.message() + advice));
    }
    warnOfRollout(pod);
    // in case an event got lost; and a warning waits for its grace
    return UpdateControl.<Pod>noUpdate()
        .rescheduleAfter(closed.hold().warning() ? timings.soon() : timings.safety());
  }

  private void warnOfRollout(Pod pod) {
    rollouts
        .first(pod)
        .ifPresent(deployment ->
            RolloutRisk.threatening(deployment)
                .ifPresent(rollout ->
                    events.send(
                        deployment,
                        new Notice(true, GateReasons.OLD_PODS_AT_RISK, rollout.warning()))));
  }

  /** Nothing else would: no gate of ours, no look at it. */
  private void warnOfGate(Pod pod) {
    var namespace = pod.getMetadata().getNamespace();
    UngatedPod.of(pod)
        .filter(_ -> !opened.containsKey(pod.getMetadata().getUid()))
        .map(
            ungated -> ungated.warning(name -> WaitingPods.find(namespace, name, migrations::seen)))
        .filter(warning -> ungated.isNew(pod, warning, clock.instant()))
        .ifPresent(
            warning -> events.send(pod, new Notice(true, GateReasons.GATE_MISSING, warning)));
  }

  private static GateDecision decide(
      Pod pod, BiFunction<String, String, Optional<DatabaseMigration>> find) {
    var namespace = pod.getMetadata().getNamespace();
    return GateDecision.decide(
        GatedPod.required(pod), name -> WaitingPods.find(namespace, name, find));
  }

  @Override
  public List<EventSource<?, Pod>> prepareEventSources(EventSourceContext<Pod> context) {
    var pods = context.getPrimaryCache();
    waiting.watch(pods);
    var changes = new SimpleInboundEventSource<Pod>("migrations");
    migrations.onLook(migration ->
        waiting
            .of(migration.getNamespace().orElse(""), migration.getName())
            .forEach(pod -> changes.propagateEvent(ResourceID.fromResource(pod))));
    return List.of(changes);
  }

  /** Others without a node are of no interest. */
  static final class Gated implements GenericFilter<Pod> {
    @Override
    public boolean accept(Pod pod) {
      return GatedPod.waits(pod) || UngatedPod.isNear(pod);
    }
  }
}
