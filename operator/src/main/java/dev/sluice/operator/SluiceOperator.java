package dev.sluice.operator;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.controller.Actor;
import dev.sluice.operator.controller.EventSink;
import dev.sluice.operator.controller.JobProofs;
import dev.sluice.operator.controller.JobStarter;
import dev.sluice.operator.controller.JobWriter;
import dev.sluice.operator.controller.MigrationReconciler;
import dev.sluice.operator.controller.MigrationWriter;
import dev.sluice.operator.controller.Observer;
import dev.sluice.operator.controller.OtherInstallations;
import dev.sluice.operator.controller.PodWriter;
import dev.sluice.operator.controller.RecreatedMigration;
import dev.sluice.operator.controller.Reporter;
import dev.sluice.operator.controller.RequiredByPods;
import dev.sluice.operator.controller.RunLookup;
import dev.sluice.operator.controller.TransitionReporter;
import dev.sluice.operator.controller.VanishedRuns;
import dev.sluice.operator.controller.WarningEvents;
import dev.sluice.operator.controller.WatchedMigrations;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.gate.GateReconciler;
import dev.sluice.operator.gate.RequiredRevisions;
import dev.sluice.operator.gate.WaitingPods;
import dev.sluice.operator.telemetry.GateMetrics;
import dev.sluice.operator.telemetry.HttpEndpoint;
import dev.sluice.operator.telemetry.Metrics;
import dev.sluice.operator.telemetry.MigrationMetrics;
import dev.sluice.operator.telemetry.RunMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The whole operator, wired. */
final class SluiceOperator implements AutoCloseable {
  /** They wait for the API server most of the time; one namespace alone gets half of them. */
  private static final int THREADS = 60;

  private final OperatorConfig config;
  private final KubernetesClient client;
  private final EventSink events;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpEndpoint http;
  private final @Nullable HttpEndpoint probes;
  private final Operator operator;
  private final @Nullable Leadership leadership;
  private volatile boolean ready;

  SluiceOperator(OperatorConfig config, KubernetesClient client, InstantSource clock, Runnable lost)
      throws IOException {
    this(config, client, clock, lost, Timings.DEFAULT);
  }

  SluiceOperator(
      OperatorConfig config,
      KubernetesClient client,
      InstantSource clock,
      Runnable lost,
      Timings timings)
      throws IOException {
    this.config = config;
    this.client = client;
    this.events = new EventSink(client, clock, config.podName());
    this.leadership =
        config.leaderElection() && config.namespace() != null
            ? new Leadership(client, config.namespace(), config.podName(), lost)
            : null;
    this.operator = operator();
    var migrations = new WatchedMigrations(client);
    var waiting = new WaitingPods(migrations::seen);
    var writes = writes(client);
    var writer = new MigrationWriter(writes);
    var warnings = new WarningEvents(client);
    var look = new RunLookup(client, warnings, clock);
    var proofs = new JobProofs(client, config.runnerImage());
    var vanished = new VanishedRuns();
    var required = config.gate() ? new RequiredRevisions(client, waiting) : RequiredByPods.NONE;
    var reconciler =
        new MigrationReconciler(
            new Observer(client, clock, timings, warnings, look, proofs, vanished, required),
            new Actor(
                new JobStarter(writes, config.runnerImage(), config.installation(), proofs),
                new JobWriter(writes, look, vanished),
                new PodWriter(writes, look),
                writer),
            new Reporter(
                writer,
                new TransitionReporter(events, new RunMetrics(metrics)),
                new OtherInstallations(config.installation(), clock.instant()),
                timings),
            new RecreatedMigration(timings),
            migrations,
            vanished);
    register(reconciler, timings);
    var counted = new ArrayList<Metrics.Counted>();
    counted.add(new MigrationMetrics(metrics, migrations::all));
    if (config.gate()) {
      register(
          new GateReconciler(client, writes, migrations, waiting, events, clock, timings), timings);
      counted.add(new GateMetrics(metrics, waiting::all, clock));
    }
    this.http = new HttpEndpoint(config.httpPort(), () -> ready, new Metrics(metrics, counted));
    var probePort = config.probePort();
    this.probes = probePort == null ? null : new HttpEndpoint(probePort, () -> ready);
  }

  /** Writes aren't repeated by the client: whoever makes one says that it failed, and waits. */
  private static KubernetesClient writes(KubernetesClient client) {
    return client
        .newClient(
            new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(Math.toIntExact(Timings.WRITE.toMillis()))
                .build())
        .adapt(KubernetesClient.class);
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler, Timings timings) {
    operator.<P>register(
        reconciler,
        controller -> {
          controller.withRetry(retry(timings));
          if (!config.watchNamespaces().isEmpty()) {
            controller.settingNamespaces(config.watchNamespaces());
          }
        });
  }

  private Operator operator() {
    return new Operator(overrider -> {
      overrider
          .withKubernetesClient(client)
          .withCloseClientOnStop(false)
          .withExecutorService(new FairExecutor(THREADS, ReconciledNamespace::of))
          .withReconciliationTerminationTimeout(Timings.STOP)
          .withUseSSAToPatchPrimaryResource(false)
          // else an old event that comes late would hide what was written since
          .withParseResourceVersions(true)
          .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
      if (leadership != null) {
        overrider.withLeaderElectionConfiguration(leadership.configuration());
      }
    });
  }

  /** Without end: after the last of limited retries there would be silence. */
  private static GenericRetry retry(Timings timings) {
    return new GenericRetry()
        .setInitialInterval(timings.retry())
        .setIntervalMultiplier(2)
        .setMaxInterval(timings.longestRetry().toMillis())
        .withoutMaxAttempts();
  }

  /** Returns when every cache is filled; one that isn't leading is ready as well. */
  void start() {
    checkCrd();
    operator.start();
    ready = true;
  }

  int port() {
    return http.port();
  }

  private void checkCrd() {
    var migrations = client.resources(DatabaseMigration.class);
    var one = new ListOptionsBuilder().withLimit(1L).build();
    try {
      if (config.watchNamespaces().isEmpty()) {
        migrations.inAnyNamespace().list(one);
      } else {
        config.watchNamespaces().forEach(n -> migrations.inNamespace(n).list(one));
      }
    } catch (KubernetesClientException e) {
      throw switch (e.getCode()) {
        case 404 ->
            new IllegalStateException(
                "the CRD databasemigrations.sluice.dev isn't installed: apply it first", e);
        case 403 ->
            new IllegalStateException(
                "the operator may not list databasemigrations; bind its role, or set"
                    + " SLUICE_WATCH_NAMESPACES: "
                    + e.getMessage(),
                e);
        default -> e;
      };
    }
  }

  @Override
  public void close() {
    ready = false;
    if (leadership != null) {
      leadership.stopping();
    }
    operator.stop();
    if (leadership != null) {
      leadership.release();
    }
    events.close();
    http.close();
    if (probes != null) {
      probes.close();
    }
    client.close();
  }
}
