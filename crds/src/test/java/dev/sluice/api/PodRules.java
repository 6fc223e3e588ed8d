package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.stream.Stream;

/** The rules of {@code spec.pod}. */
final class PodRules {
  private PodRules() {}

  static void add(JSONSchemaProps spec) {
    var pod = at(spec, "pod");
    marks(pod);
    for (var name : List.of("serviceAccountName", "priorityClassName", "runtimeClassName")) {
      rule(
          at(pod, name),
          SpecRules.NAME,
          "spec.pod.%s is not the name of a %s: lower-case letters, digits, '-' and '.'"
              .formatted(name, kind(name)));
    }
    env(at(pod, "env").getItems().getSchema());
    RunnerVariableRules.add(spec);
    toleration(at(pod, "tolerations").getItems().getSchema());
    resources(at(pod, "resources"));
    var more = at(pod, "containerResources");
    more.setMaxProperties(4L);
    resources(more.getAdditionalProperties().getSchema());
    rule(
        more,
        "self.all(c, c in ['login', 'folder', 'verify', 'rehearsal-server'])",
        "spec.pod.containerResources is for the containers login, folder, verify and"
            + " rehearsal-server: those of migrate are in spec.pod.resources");
    free(at(pod, "affinity"));
    free(at(pod, "topologySpreadConstraints").getItems().getSchema());
    security(at(pod, "securityContext"));
  }

  private static String kind(String field) {
    var name = field.substring(0, field.length() - "Name".length());
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static void free(JSONSchemaProps field) {
    field.setType("object");
    field.setXKubernetesPreserveUnknownFields(true);
  }

  private static void marks(JSONSchemaProps pod) {
    for (var map : List.of("labels", "annotations")) {
      at(pod, map).setMaxProperties(32L);
      rule(
          at(pod, map),
          "self.all(k, !k.startsWith('sluice.dev/'))",
          "spec.pod." + map + " must not hold keys below sluice.dev/, which Sluice sets itself");
    }
    rule(
        at(pod, "annotations"),
        "self.all(k, !k.startsWith('" + Annotations.APP_ARMOR + "'))",
        "spec.pod.annotations must not choose AppArmor profiles: name one in"
            + " spec.pod.securityContext.appArmorProfile");
    rule(
        at(pod, "labels"),
        "self.all(k, k.size() <= 317 &&"
            + " self[k].matches('^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$'))",
        "spec.pod.labels holds a value that is no label: at most 63 letters, digits, '-', '_' and"
            + " '.'");
    at(pod, "labels").getAdditionalProperties().getSchema().setMaxLength(63L);
    at(pod, "annotations").getAdditionalProperties().getSchema().setMaxLength(4096L);
    at(pod, "nodeSelector").setMaxProperties(32L);
    at(pod, "nodeSelector").getAdditionalProperties().getSchema().setMaxLength(63L);
  }

  private static void env(JSONSchemaProps env) {
    rule(
        env,
        "!self.name.startsWith('PG') && !self.name.startsWith('SLUICE_') && !(self.name in"
            + " ['JDK_JAVA_OPTIONS', 'JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS'])",
        "spec.pod.env must not set PG*, SLUICE_* or the JVM's option variables: they come from the"
            + " other fields of spec");
    rule(
        at(env, "name"),
        "self.matches('^[A-Za-z_][A-Za-z0-9_.-]*$')",
        "spec.pod.env[].name must be letters, digits, '_', '-' and '.', not beginning with a"
            + " digit");
    rule(
        env,
        "!(has(self.value) && has(self.valueFrom))",
        "spec.pod.env[] has value and valueFrom: keep one");
    rule(
        at(env, "valueFrom"),
        "[has(self.secretKeyRef), has(self.configMapKeyRef), has(self.fieldRef)].filter(x,"
            + " x).size() == 1",
        "spec.pod.env[].valueFrom needs exactly one of secretKeyRef, configMapKeyRef and fieldRef");
  }

  private static void toleration(JSONSchemaProps toleration) {
    at(toleration, "operator").setEnum(texts("Equal", "Exists"));
    at(toleration, "effect").setEnum(texts("NoSchedule", "PreferNoSchedule", "NoExecute"));
    rule(
        toleration,
        "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
        "spec.pod.tolerations[].key is missing: set it, or set operator to Exists to tolerate every"
            + " taint");
    rule(
        toleration,
        "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
        "spec.pod.tolerations[].tolerationSeconds goes with effect NoExecute only");
    at(toleration, "tolerationSeconds").setMaximum(9.007199254740991E15);
  }

  private static void resources(JSONSchemaProps resources) {
    for (var amounts : List.of("requests", "limits")) {
      at(resources, amounts).setMaxProperties(16L);
      var quantity = at(resources, amounts).getAdditionalProperties().getSchema();
      quantity.setMaxLength(32L);
      quantity.setPattern("^[0-9]+(\\.[0-9]+)?(m|k|Ki|Mi|Gi|Ti|M|G|T)?$");
    }
  }

  private static void security(JSONSchemaProps security) {
    rule(
        security,
        "!has(self.ids) || self.ids != 'None' || !(has(self.runAsUser) || has(self.runAsGroup) ||"
            + " has(self.fsGroup))",
        "spec.pod.securityContext.ids is None, which leaves runAsUser, runAsGroup and fsGroup to"
            + " the cluster: leave these out, or ids");
    var group = at(security, "supplementalGroups").getItems().getSchema();
    group.setMinimum(0.0);
    group.setMaximum(2147483647.0);
    at(security, "seLinuxOptions.type")
        .setEnum(texts("container_t", "container_init_t", "container_kvm_t", "container_engine_t"));
    for (var field : List.of("seccompProfile", "appArmorProfile")) {
      at(security, field + ".type").setEnum(texts("RuntimeDefault", "Localhost"));
      rule(
          at(security, field),
          "(self.type == 'Localhost') == has(self.localhostProfile)",
          "spec.pod.securityContext.%s.localhostProfile goes with type Localhost, and with that alone"
              .formatted(field));
    }
  }

  private static List<JsonNode> texts(String... values) {
    return Stream.of(values).<JsonNode>map(TextNode::valueOf).toList();
  }
}
