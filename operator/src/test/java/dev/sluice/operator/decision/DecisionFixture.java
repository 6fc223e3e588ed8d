package dev.sluice.operator.decision;

import dev.sluice.api.AdoptMode;
import dev.sluice.api.ApprovalMode;
import dev.sluice.api.Changelog;
import dev.sluice.api.Credentials;
import dev.sluice.api.Database;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.DeletionPolicy;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.PodSettings;
import dev.sluice.api.Policy;
import dev.sluice.api.Reasons;
import dev.sluice.api.RecheckSettings;
import dev.sluice.api.RehearsalSettings;
import dev.sluice.api.RunSettings;
import dev.sluice.api.RunSettings.Backoff;
import dev.sluice.api.SessionSettings;
import dev.sluice.api.Tls;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.Hash;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A good default to change one thing of. */
public final class DecisionFixture {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  public static final DatabaseMigrationSpec SPEC =
      spec("registry.example/shop:1.42.0", null, "db.example", false);
  static final DesiredMigration.SpecReading SPEC_READING = DesiredMigration.read(SPEC);
  static final Input INPUT = Input.of(SPEC).orElseThrow();

  static final String DIGEST = "5".repeat(64);

  private DecisionFixture() {}

  public static DatabaseMigrationSpec spec(
      @Nullable String image, @Nullable String revision, String host, boolean suspend) {
    return spec(image, revision, host, suspend, DeletionPolicy.Wait);
  }

  public static DatabaseMigrationSpec spec(
      @Nullable String image,
      @Nullable String revision,
      String host,
      boolean suspend,
      DeletionPolicy policy) {
    return spec(image, revision, host, suspend, policy, ApprovalMode.Automatic);
  }

  public static DatabaseMigrationSpec spec(
      @Nullable String image,
      @Nullable String revision,
      String host,
      boolean suspend,
      DeletionPolicy policy,
      ApprovalMode approval) {
    return new DatabaseMigrationSpec(
        image,
        revision,
        new Changelog(
            "root.yaml",
            null,
            null,
            Changelog.Ledger.DEFAULT,
            Changelog.History.DEFAULT,
            Map.of(),
            List.of()),
        List.of(),
        List.of(),
        null,
        new Database(
            host,
            null,
            "shop",
            Tls.DEFAULT,
            new Credentials(
                new Credentials.SecretReference("shop-db", "username", "password", null),
                null,
                null),
            SessionSettings.DEFAULT),
        null,
        null,
        AdoptMode.Auto,
        null,
        Policy.DEFAULT,
        approval,
        RehearsalSettings.DEFAULT,
        new RunSettings(
            Duration.ofMinutes(30),
            3,
            new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5)),
            3),
        RecheckSettings.DEFAULT,
        PodSettings.DEFAULT,
        suspend,
        policy);
  }

  /** The same with one more field. */
  static DatabaseMigrationSpec with(String field) {
    return read("changelog: {path: root.yaml}\n" + field);
  }

  /** The same with the changelog there. */
  public static DatabaseMigrationSpec at(String location) {
    return read("changelog: {" + location + "}");
  }

  /** The same with that value of a parameter. */
  static DatabaseMigrationSpec withParameter(String value) {
    return read("changelog: {path: root.yaml, parameters: {region: %s}}".formatted(value));
  }

  /** The same with that parameter, or without any, and with rechecks, or without. */
  static DatabaseMigrationSpec with(
      DatabaseMigrationSpec spec, @Nullable String region, Duration recheck) {
    var changelog = Objects.requireNonNull(spec.changelog());
    return new DatabaseMigrationSpec(
        spec.image(),
        spec.revision(),
        new Changelog(
            changelog.path(),
            changelog.paths(),
            changelog.configMap(),
            changelog.ledger(),
            changelog.history(),
            region == null ? Map.of() : Map.of("region", region),
            List.of()),
        spec.command(),
        spec.args(),
        spec.verify(),
        spec.database(),
        spec.contexts(),
        spec.labels(),
        spec.adopt(),
        spec.baseline(),
        spec.policy(),
        spec.approval(),
        spec.rehearsal(),
        spec.run(),
        new RecheckSettings(recheck),
        spec.pod(),
        spec.suspend(),
        spec.deletionPolicy());
  }

  /** The same image and database. */
  static DatabaseMigrationSpec read(String fields) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            image: registry.example/shop:1.42.0
            database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
            %s
            """
                .formatted(fields),
            DatabaseMigrationSpec.class);
  }

  /** The Job's name, as the job package gives it. */
  static String job(String uid, Decision.NextRun plan) {
    return "shop-" + Hash.of(10, uid) + "-" + plan.number();
  }

  static DesiredMigration desired(DatabaseMigrationSpec spec) {
    return desired(spec, 1, false, null);
  }

  static DesiredMigration desired(
      DatabaseMigrationSpec spec, long generation, boolean deleting, @Nullable String retry) {
    return desired(spec, generation, deleting, retry, null);
  }

  static DesiredMigration desired(
      DatabaseMigrationSpec spec,
      long generation,
      boolean deleting,
      @Nullable String retry,
      @Nullable String approve) {
    return new DesiredMigration(
        "team",
        "shop",
        "uid-1",
        generation,
        deleting,
        true,
        retry,
        approve,
        DesiredMigration.read(spec));
  }

  static ObservedRun run(long number, Phase phase) {
    return run(number, 1, phase, false);
  }

  static ObservedRun run(long number, long generation, Phase phase, boolean over) {
    return new ObservedRun(
        "shop-" + number,
        "job-uid-" + number,
        "uid-1",
        number,
        generation,
        1,
        INPUT,
        null,
        null,
        List.of(),
        NOW.minusSeconds(60),
        false,
        over,
        false,
        true,
        phase);
  }

  static Phase ended(int exit) {
    return new Phase.Ended(end(exit, TerminationReport.NONE));
  }

  static Phase ended(int exit, String reason, String message) {
    var failure = new Failure(reason, null, null, null, message, null);
    return new Phase.Ended(
        end(
            exit,
            new TerminationReport(
                null, List.of(), null, null, null, List.of(), List.of(), null, null, null, null,
                failure)));
  }

  /** A run of which that plan came. */
  static Phase planned(String digest) {
    var failure = new Failure(Reasons.APPROVAL_REQUIRED, null, null, null, "it waits", null);
    var plan = new Plan(digest, 3, null);
    return new Phase.Ended(
        end(
            30,
            new TerminationReport(
                0, List.of(), 12, 3, 0, List.of(), List.of(), null, null, null, plan, failure)));
  }

  static DatabaseMigrationSpec manual() {
    return spec(
        "registry.example/shop:1.42.0",
        null,
        "db.example",
        false,
        DeletionPolicy.Wait,
        ApprovalMode.Manual);
  }

  static RunEnd end(int exit, TerminationReport report) {
    return new RunEnd.Exited(
        exit,
        ContainerRole.MIGRATE,
        EndCause.of("Error"),
        null,
        report,
        NOW.minusSeconds(30),
        NOW.minusSeconds(10),
        "registry.example/shop@sha256:abc");
  }

  /** One that Kubernetes gives a cause for. */
  static RunEnd end(int exit, String cause, ContainerRole container, TerminationReport report) {
    return new RunEnd.Exited(exit, container, EndCause.of(cause), null, report, null, null, null);
  }

  /** Decides, tells, and hands back what stands in the status then. */
  static DatabaseMigrationStatus settle(Observation seen) {
    return NextStatus.of(
            CurrentStatus.of(seen), Decider.decide(CurrentStatus.of(seen)), new ActionResult.Done())
        .status();
  }

  /** The decision on these facts. */
  static Decision decide(Observation seen) {
    return Decider.decide(CurrentStatus.of(seen));
  }

  static Observation seen(
      DesiredMigration desired, DatabaseMigrationStatus status, Instant now, ObservedRun... runs) {
    return new Observation(desired, status, List.of(runs), List.of(), List.of(), now);
  }

  /** A status after one run that ended so. */
  static DatabaseMigrationStatus after(Phase ended) {
    return settle(seen(desired(SPEC), started(), NOW, run(1, 1, ended, true)));
  }

  /** A status that tells of its first run. */
  static DatabaseMigrationStatus started() {
    return NextStatus.of(
            CurrentStatus.of(fresh()),
            Decider.decide(CurrentStatus.of(fresh())),
            new ActionResult.Started("shop-1", "job-uid-1"))
        .status();
  }

  static Observation fresh() {
    return seen(desired(SPEC), DatabaseMigrationStatus.EMPTY, NOW.minusSeconds(60));
  }
}
