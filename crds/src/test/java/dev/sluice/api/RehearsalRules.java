package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** The rules of {@code spec.rehearsal}, and the bounds of what a run reports of it. */
final class RehearsalRules {
  private RehearsalRules() {}

  static void add(JSONSchemaProps rehearsal) {
    rule(
        rehearsal,
        "!has(self.image) || !has(self.urlSecret)",
        "spec.rehearsal has image beside urlSecret: keep image to start a server in the run's pod,"
            + " or urlSecret to use one that runs already");
    rule(
        rehearsal,
        "!has(self.mode) || self.mode != 'Never' || !(has(self.image) || has(self.urlSecret))",
        "spec.rehearsal.mode Never rehearses nothing: leave out image and urlSecret, or set mode to"
            + " Enforce or Warn");
    rule(
        at(rehearsal, "image"),
        SpecRules.IMAGE,
        "spec.rehearsal.image is not an image reference: write registry/name:tag or"
            + " name@sha256:digest");
    rule(
        at(rehearsal, "urlSecret.name"),
        SpecRules.NAME,
        "spec.rehearsal.urlSecret.name is not the name of a Secret: lower-case letters, digits, '-'"
            + " and '.'");
    rule(
        at(rehearsal, "urlSecret.key"),
        SpecRules.KEY,
        "spec.rehearsal.urlSecret.key must be a key of a Secret: letters, digits, '-', '_' and"
            + " '.'");
  }

  static void bound(JSONSchemaProps report) {
    at(report, "stubs").getItems().getSchema().setMaxLength((long) RehearsalReport.LONGEST_STUB);
    at(report, "skipped")
        .getItems()
        .getSchema()
        .setMaxLength((long) RehearsalReport.LONGEST_SKIPPED);
  }
}
