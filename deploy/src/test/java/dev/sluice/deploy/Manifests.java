package dev.sluice.deploy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads manifests without forgiving anything: an unknown kind, field or a key given twice fails.
 */
final class Manifests {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(new Unforgiving())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ClusterRole.class,
          ClusterRoleBinding.class,
          ConfigMap.class,
          CustomResourceDefinition.class,
          DatabaseMigration.class,
          Deployment.class,
          Namespace.class,
          PodDisruptionBudget.class,
          Role.class,
          RoleBinding.class,
          NetworkPolicy.class,
          Secret.class,
          Service.class,
          ServiceAccount.class,
          ValidatingAdmissionPolicy.class,
          ValidatingAdmissionPolicyBinding.class);

  private Manifests() {}

  static List<JsonNode> trees(Path file) {
    try {
      return trees(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> trees(String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HasMetadata object(JsonNode tree) {
    var name = tree.path("apiVersion").asText() + " " + tree.path("kind").asText();
    var kind =
        KINDS.stream()
            .filter(k -> name.equals(HasMetadata.getApiVersion(k) + " " + HasMetadata.getKind(k)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not a known kind: " + name));
    try {
      return STRICT.treeToValue(tree, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T extends HasMetadata> List<T> all(Class<T> kind, String manifests) {
    return trees(manifests).stream()
        .map(Manifests::object)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  static <T extends HasMetadata> T one(Class<T> kind, String manifests) {
    var all = all(kind, manifests);
    if (all.size() != 1) {
      throw new IllegalArgumentException(all.size() + " " + kind.getSimpleName());
    }
    return all.getFirst();
  }

  static String kinds(String manifests) {
    return trees(manifests).stream()
        .flatMap(tree -> Stream.of(tree.path("kind").asText()))
        .sorted()
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** Both models let unknown fields pass, by different annotations; this doesn't see them. */
  private static final class Unforgiving extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.empty();
    }

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
