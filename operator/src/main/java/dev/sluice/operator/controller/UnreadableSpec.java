package dev.sluice.operator.controller;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.stream.Collectors;

/** Finds what in a spec can't be read. */
final class UnreadableSpec {
  private static final ResourceDefinitionContext KIND =
      ResourceDefinitionContext.fromResourceType(DatabaseMigration.class);

  private final KubernetesClient client;
  private final ObjectMapper strict = new ObjectMapper();

  UnreadableSpec(KubernetesClient client) {
    this.client = client;
  }

  String problem(DatabaseMigration migration) {
    var raw =
        client
            .genericKubernetesResources(KIND)
            .inNamespace(migration.getMetadata().getNamespace())
            .withName(migration.getMetadata().getName())
            .get();
    if (raw == null || raw.get("spec") == null) {
      return "spec is missing";
    }
    try {
      strict.convertValue(raw.get("spec"), DatabaseMigrationSpec.class);
      return "spec was read only now";
    } catch (IllegalArgumentException e) {
      return SafeText.clean(
          e.getCause() instanceof JsonMappingException cause
              ? sentence(cause)
              : String.valueOf(e.getMessage()),
          600);
    }
  }

  private static String sentence(JsonMappingException problem) {
    return problem.getPath().stream()
            .map(p -> p.getFieldName() == null ? "[" + p.getIndex() + "]" : "." + p.getFieldName())
            .collect(Collectors.joining("", "spec", ": "))
        + problem.getOriginalMessage();
  }
}
