package dev.sluice.e2e.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A DatabaseMigration as somebody writes it, in parts; each {@code with} is a copy. */
public final class Manifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode content;

  private Manifest(ObjectNode content) {
    this.content = content;
  }

  /** A good one: of a database with TLS, by the credentials of the Secret of its name. */
  static Manifest of(String name, SiteDatabase database) {
    return new Manifest(JSON.createObjectNode())
        .with("apiVersion", "sluice.dev/v1alpha1")
        .with("kind", "DatabaseMigration")
        .with("metadata.name", name)
        .with("spec.revision", "1")
        .with("spec.changelog.path", Changelog.ROOT)
        .of(database);
  }

  static Manifest of(String yaml) {
    return new Manifest(Serialization.unmarshal(yaml, ObjectNode.class));
  }

  /** The same, of that database. */
  Manifest of(SiteDatabase database) {
    return with("spec.database.host", database.server().host())
        .with("spec.database.name", database.name())
        .with("spec.database.tls.ca.configMap.name", Site.AUTHORITY)
        .with("spec.database.credentials.secret.name", database.user());
  }

  /** With a field, at a path of names; null leaves it out. */
  public Manifest with(String path, @Nullable Object value) {
    var copy = content.deepCopy();
    var names = path.split("\\.", -1);
    var at = copy;
    for (var i = 0; i < names.length - 1; i++) {
      at = at.withObjectProperty(names[i]);
    }
    var last = names[names.length - 1];
    if (value == null) {
      at.remove(last);
    } else {
      at.set(last, JSON.valueToTree(value));
    }
    return new Manifest(copy);
  }

  /** With more of the pod's variables, before those that it has. */
  public Manifest variables(List<Map<String, String>> more) {
    var all = JSON.createArrayNode();
    more.forEach(variable -> all.add(JSON.valueToTree(variable)));
    content.at("/spec/pod/env").forEach(all::add);
    return with("spec.pod.env", all);
  }

  /**
   * Without a rehearsal: of migrations that fail on the database itself, or that take their time
   * there and needn't take it twice.
   */
  public Manifest unrehearsed() {
    return with("spec.rehearsal.mode", "Never");
  }

  public Manifest image(String image) {
    return with("spec.image", image);
  }

  public Manifest revision(String revision) {
    return with("spec.revision", revision);
  }

  /** By the credentials of a secret in AWS Secrets Manager instead. */
  public Manifest awsSecret(String id) {
    return with("spec.database.credentials", Map.of())
        .with(
            "spec.database.credentials.awsSecretsManager",
            Map.of("secretId", id, "region", "eu-west-1"));
  }

  public String name() {
    return content.at("/metadata/name").asText();
  }

  public String yaml() {
    return Serialization.asYaml(content);
  }

  GenericKubernetesResource resource() {
    return JSON.convertValue(content, GenericKubernetesResource.class);
  }
}
