package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.rule;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.stream.Stream;

/** What annotations can't say: names, columns, the status default, and the rules of the spec. */
final class CrdRules {
  private CrdRules() {}

  static CustomResourceDefinition finish(CustomResourceDefinition crd) {
    var version = crd.getSpec().getVersions().getFirst();
    var root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription("A goal: this database has the migrations of this revision.");
    SpecRules.add(at(root, "spec"));
    root.setRequired(List.of("spec"));
    status(at(root, "status"));
    rule(
        root,
        "!has(self.status) || !has(self.status.appliedRevision) || self.spec.database !="
            + " oldSelf.spec.database || !has(self.spec.changelog) ||"
            + " !has(oldSelf.spec.changelog) || (has(self.spec.changelog.ledger) ?"
            + " has(oldSelf.spec.changelog.ledger) && self.spec.changelog.ledger =="
            + " oldSelf.spec.changelog.ledger : !has(oldSelf.spec.changelog.ledger))",
        "spec.changelog.ledger can't change once something is applied: the history in the old one"
            + " would be forgotten, and everything run again; make another DatabaseMigration for"
            + " another ledger");
    version.setAdditionalPrinterColumns(
        Stream.of(
                "READY",
                "REASON",
                "WANTED",
                "APPLIED",
                "PENDING",
                "ATTEMPT",
                "JOB",
                "DURATION",
                "MESSAGE",
                "AGE")
            .map(name ->
                version.getAdditionalPrinterColumns().stream()
                    .filter(c -> c.getName().equals(name))
                    .findFirst()
                    .orElseThrow())
            .toList());
    return new CustomResourceDefinitionBuilder(crd)
        .editSpec()
        .editNames()
        .withCategories("migrations")
        .endNames()
        .endSpec()
        .build();
  }

  private static void status(JSONSchemaProps status) {
    status.setDescription(
        "What is known: conditions, revisions, the latest runs. Written by the operator alone.");
    // a fresh object never reads as current to kstatus, also while no operator runs
    status.setDefault(
        JsonNodeFactory.instance.objectNode().set("observedGeneration", IntNode.valueOf(-1)));
    RehearsalRules.bound(at(status, "lastRun.rehearsal"));
    at(status, "conditions").setXKubernetesListType("map");
    at(status, "conditions").setXKubernetesListMapKeys(List.of("type"));
    var condition = at(status, "conditions").getItems().getSchema();
    at(condition, "status")
        .setEnum(
            List.of(
                TextNode.valueOf("True"), TextNode.valueOf("False"), TextNode.valueOf("Unknown")));
  }
}
