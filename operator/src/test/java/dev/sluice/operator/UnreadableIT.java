package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.controller.UnreadableAsNull;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One object that this operator can't read, as after a downgrade, beside a good one. */
@Isolated("it changes the CRD for a while")
final class UnreadableIT {
  private static final String CRD = "databasemigrations.sluice.dev";

  @Test
  void itSaysSoAndTheOthersGoOn() {
    try (var stage = new TestNamespace()) {
      var strict =
          stage.person.apiextensions().v1().customResourceDefinitions().withName(CRD).get();
      stage.person.resource(lax(strict)).forceConflicts().serverSideApply();
      TestNamespace.await()
          .ignoreExceptions()
          .untilAsserted(() ->
              stage.apply(manifest("odd", "a/shop:1").replace("attempts: 2", "attempts: many")));
      try (var operator = stage.operator()) {
        assertThat(operator.port()).isPositive();
        var odd = stage.stands("odd", "SpecUnreadable");
        assertThat(trueConditions(odd)).containsExactly("Stalled");
        assertThat(odd.conditions().getFirst().message())
            .contains("spec.run.attempts")
            .contains("many");
        assertThat(Kstatus.of(new Kubectl(stage).object("odd"))).isEqualTo(Kstatus.FAILED);
        assertThat(new Kubectl(stage).columns("odd"))
            .containsEntry("READY", "False")
            .containsEntry("REASON", "SpecUnreadable");
        stage.quiet("odd");

        stage.apply(manifest("good", "a/shop:1"));
        stage.run(1).works().ends(0);
        stage.stands("good", "Applied");

        stage.apply(manifest("odd", "a/shop:1"));
        TestNamespace.await().until(() -> stage.jobs().size() == 2);
      } finally {
        stage.person.resource(clean(strict)).forceConflicts().serverSideApply();
      }
    }
  }

  @Test
  void aStatusOfANewerVersionComesAsNone() {
    var json =
        new KubernetesSerialization(
            new ObjectMapper().registerModule(new UnreadableAsNull()), false);
    var read =
        json.unmarshal(
            "{\"apiVersion\":\"sluice.dev/v1alpha1\",\"kind\":\"DatabaseMigration\",\"metadata\":{\"name\":\"x\"},"
                + "\"status\":{\"run\":1,\"lastRun\":{\"outcome\":\"Rehearsed\"}},\"spec\":{\"image\":\"a:1\"}}",
            DatabaseMigration.class);

    assertThat(read.getStatus()).isNull();
    assertThat(read.getSpec().image()).isEqualTo("a:1");
  }

  private static CustomResourceDefinition lax(CustomResourceDefinition crd) {
    return new CustomResourceDefinitionBuilder(clean(crd))
        .editSpec()
        .editFirstVersion()
        .editSchema()
        .editOpenAPIV3Schema()
        .removeFromProperties("spec")
        .withXKubernetesValidations()
        .withXKubernetesPreserveUnknownFields(true)
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private static CustomResourceDefinition clean(CustomResourceDefinition crd) {
    return new CustomResourceDefinitionBuilder(crd)
        .withNewMetadata()
        .withName(CRD)
        .endMetadata()
        .withStatus(null)
        .build();
  }
}
