package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The rules of another tool's image: what only our runner reads is refused, not ignored. */
final class ToolRules {
  static final String TOOL = "has(self.command) || has(self.args)";

  private ToolRules() {}

  static void add(JSONSchemaProps spec) {
    rule(
        spec,
        "has(self.image) || !(" + TOOL + ")",
        "spec.image is missing: spec.command and spec.args run another tool's image, so name it");
    rule(
        spec,
        "has(self.changelog) || " + TOOL,
        "spec.changelog is missing: say in spec.changelog.path what to apply, or run another tool's"
            + " image with spec.command and spec.args");
    for (var field : List.of("changelog", "contexts", "labels", "adopt", "baseline", "policy")) {
      rule(
          spec,
          "!(%s) || !has(self.%s)".formatted(TOOL, field),
          "spec."
              + field
              + " is read by Sluice's own runner only: leave it out beside spec.command and"
              + " spec.args, and tell the tool by its arguments");
    }
    rule(
        spec,
        "!(" + TOOL + ") || !has(self.approval) || self.approval == 'Automatic'",
        "spec.approval must be Automatic beside spec.command and spec.args: another tool doesn't"
            + " say beforehand what it would do");
    rule(
        spec,
        "!("
            + TOOL
            + ") || !has(self.rehearsal) || (has(self.rehearsal.mode) && self.rehearsal.mode =="
            + " 'Never')",
        "spec.rehearsal.mode must be Never beside spec.command and spec.args: only Sluice's own"
            + " runner rehearses; leave spec.rehearsal out");
    rule(
        spec,
        "!(" + TOOL + ") || !has(self.database.session)",
        "spec.database.session is read by Sluice's own runner only: leave it out beside"
            + " spec.command and spec.args, and tell the tool by its arguments");
    rule(
        spec,
        "has(self.command) || !has(self.args) || (has(self.database.credentials.secret) &&"
            + " !has(self.database.credentials.secret.urlKey))",
        "spec.command is missing: a login from a URL or from AWS is handed over by a shell, which"
            + " can't know the image's own entry point; name the program");
    rule(
        spec,
        TOOL + " || !has(self.verify)",
        "spec.verify compares the history of another tool: leave it out without spec.command and"
            + " spec.args, Sluice's own runner always looks");
    rule(
        at(spec, "verify.changelog"),
        "self.matches('^[^\\\\x00-\\\\x1f-][^\\\\x00-\\\\x1f]*$')",
        "spec.verify.changelog must be a folder in the image, without control characters, not"
            + " beginning with '-'");
    liquibase(at(spec, "verify"));
    for (var field : List.of("schema", "table")) {
      rule(
          at(spec, "verify.history." + field),
          SpecRules.IDENTIFIER,
          "spec.verify.history."
              + field
              + " must be a plain SQL identifier: letters, digits, '_' and '$'");
    }
    for (var field : List.of("command", "args")) {
      words(at(spec, field), "spec." + field);
    }
  }

  private static void liquibase(JSONSchemaProps verify) {
    rule(
        at(verify, "changelogFile"),
        SpecRules.BELOW_THE_ROOT,
        "spec.verify.changelogFile must be relative to spec.verify.changelog, without '..', ':' and"
            + " backslashes");
    for (var field : List.of("contexts", "labels")) {
      rule(
          verify,
          "has(self.changelogFile) || !has(self.%s)".formatted(field),
          "spec.verify."
              + field
              + " is for Liquibase: name its root changelog in spec.verify.changelogFile, or leave"
              + " it out");
    }
  }

  private static void words(JSONSchemaProps words, String name) {
    words.getItems().getSchema().setMaxLength(1024L);
    rule(
        words,
        "!self.exists(word, word.contains('$(PGPASSWORD)'))",
        name
            + " holds $(PGPASSWORD), and everybody on the node sees a program's arguments: let the"
            + " tool read the variable PGPASSWORD, or give it in spec.pod.env under another name");
  }
}
