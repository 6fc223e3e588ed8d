package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.duration;
import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** What the API server refuses, with a message that names the field and the remedy. */
final class SpecRules {
  static final String IDENTIFIER = "self.matches('^[A-Za-z_][A-Za-z0-9_$]*$')";
  static final String BELOW_THE_ROOT =
      "!self.startsWith('/') && !self.split('/').exists(p, p == '..') &&"
          + " self.matches('^[^\\\\x00-\\\\x1f\\\\\\\\:]+$')";

  /** A DNS subdomain, as names of Kubernetes objects. */
  static final String NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";

  static final String IMAGE = "self.matches('^[A-Za-z0-9][A-Za-z0-9._:/@-]*$')";

  /** A key of a Secret. */
  static final String KEY = "self.matches('^[A-Za-z0-9._-]+$')";

  private SpecRules() {}

  static void add(JSONSchemaProps spec) {
    spec.setDescription(
        "What is wanted: the image or ConfigMap with the changelog, the database and the"
            + " credentials.");
    rule(
        spec,
        "has(self.image) || (has(self.changelog) && has(self.changelog.configMap)) ||"
            + ToolRules.TOOL,
        "spec.image is missing: name the migrations image, or put the changelog into a ConfigMap"
            + " and name it in spec.changelog.configMap");
    rule(
        spec,
        "has(self.revision) || has(self.image) || " + ToolRules.TOOL,
        "spec.revision is missing: with spec.changelog.configMap alone there is no image tag to"
            + " take it from; set it, and change it with the changelog");
    rule(
        spec,
        "has(self.revision) || !has(self.image) ||"
            + " self.image.matches('(:[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?(@sha256:[a-f0-9]{64})?|@sha256:[a-f0-9]{64})$')",
        "spec.revision is missing and can't be taken from spec.image, which has neither a digest"
            + " nor a tag of at most 63 letters, digits, '-', '_' and '.': add one, or set"
            + " spec.revision");
    rule(
        at(spec, "image"),
        IMAGE,
        "spec.image is not an image reference: write registry/name:tag or name@sha256:digest");
    rule(
        at(spec, "revision"),
        "self.matches('^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$')",
        "spec.revision must be letters, digits, '-', '_' and '.', beginning and ending with a"
            + " letter or digit, at most 63");
    rule(
        at(spec, "changelog.path"),
        BELOW_THE_ROOT,
        "spec.changelog.path must be relative to /migrations, without '..', ':' and backslashes");
    rule(
        at(spec, "changelog"),
        "has(self.path) != has(self.paths)",
        "spec.changelog needs exactly one of path and paths");
    var location = at(spec, "changelog.paths").getItems().getSchema();
    location.setMaxLength(512L);
    rule(
        location,
        BELOW_THE_ROOT,
        "spec.changelog.paths[] must be relative to /migrations, without '..', ':' and"
            + " backslashes");
    rule(location, "!self.contains(',')", "spec.changelog.paths[] must not have a comma in it");
    rule(
        at(spec, "changelog.configMap.name"),
        NAME,
        "spec.changelog.configMap.name is not the name of a ConfigMap: lower-case letters, digits,"
            + " '-' and '.'");
    for (var field : List.of("ledger.schema", "ledger.table", "history.schema", "history.table")) {
      rule(
          at(spec, "changelog." + field),
          IDENTIFIER,
          "spec.changelog."
              + field
              + " must be a plain SQL identifier: letters, digits, '_' and '$'");
    }
    rule(
        at(spec, "baseline.to"),
        "self.matches('^[^\\\\x00-\\\\x1f\\\\x7f]+$')",
        "spec.baseline.to must be a migration of the folder, without control characters");
    ParameterRules.add(at(spec, "changelog"));
    ToolRules.add(spec);
    DatabaseRules.add(at(spec, "database"));
    run(at(spec, "run"));
    recheck(at(spec, "recheck"));
    RehearsalRules.add(at(spec, "rehearsal"));
    PodRules.add(spec);
  }

  private static void run(JSONSchemaProps run) {
    duration(at(run, "deadline"), "spec.run.deadline", "10s", "24h");
    var backoff = at(run, "backoff");
    duration(at(backoff, "initial"), "spec.run.backoff.initial", "1s", "1h");
    duration(at(backoff, "max"), "spec.run.backoff.max", "1s", "6h");
    rule(
        backoff,
        "duration(has(self.initial) ? self.initial : '10s') <= duration(has(self.max) ? self.max :"
            + " '5m')",
        "spec.run.backoff.initial must not be longer than spec.run.backoff.max (defaults: 10s and"
            + " 5m)");
  }

  private static void recheck(JSONSchemaProps recheck) {
    var interval = at(recheck, "interval");
    duration(interval, "spec.recheck.interval", "0s", "720h");
    rule(
        interval,
        "!self.matches('^([0-9]{1,6}(h|m|s|ms))+$') || duration(self) == duration('0s') ||"
            + " duration(self) >= duration('1m')",
        "spec.recheck.interval must be at least 1m, or 0s for never");
  }
}
