package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A migration that was applied, with the Job and the pod that are kept; they can be copied. */
record Household(String name, ObjectNode migration, ObjectNode job, ObjectNode pod) {

  /** The same life under another name of the same length. */
  void copy(Api api, Town town, String other) {
    var made = make(api, town.migrations(), migration, other, migration, null);
    var madeJob = make(api, town.jobs(), unselected(job), other, migration, made);
    make(api, town.pods(), renamed(pod, other, job, madeJob), other, migration, made);
  }

  private JsonNode make(
      Api api,
      String path,
      JsonNode object,
      String other,
      JsonNode owner,
      @Nullable JsonNode madeOwner) {
    var copy = (ObjectNode) renamed(object, other, owner, madeOwner);
    var status = copy.remove("status");
    unserved(copy);
    var made = api.post(path, copy);
    var wrapped = Api.JSON.createObjectNode().set("status", status);
    api.merge(
        path + "/" + made.path("metadata").path("name").asText() + "/status", wrapped.toString());
    return made;
  }

  private JsonNode renamed(
      JsonNode object, String other, JsonNode owner, @Nullable JsonNode madeOwner) {
    var text = object.toString().replace(name, other);
    return Api.read(madeOwner == null ? text : text.replace(uid(owner), uid(madeOwner)));
  }

  /** Fit to be created under any name. */
  static ObjectNode bare(ObjectNode job) {
    var copy = (ObjectNode) unselected(job);
    copy.remove("status");
    unserved(copy);
    ((ObjectNode) copy.path("metadata")).remove("ownerReferences");
    return copy;
  }

  private static void unserved(ObjectNode object) {
    ((ObjectNode) object.path("metadata"))
        .remove(
            List.of(
                "resourceVersion",
                "uid",
                "creationTimestamp",
                "generation",
                "managedFields",
                "namespace"));
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }

  /** Without what the API server itself gives every Job. */
  private static JsonNode unselected(JsonNode job) {
    var copy = (ObjectNode) job.deepCopy();
    ((ObjectNode) copy.path("spec")).remove("selector");
    for (var metadata :
        List.of(copy.path("metadata"), copy.path("spec").path("template").path("metadata"))) {
      ((ObjectNode) metadata.path("labels"))
          .remove(
              List.of(
                  "controller-uid",
                  "job-name",
                  "batch.kubernetes.io/controller-uid",
                  "batch.kubernetes.io/job-name"));
    }
    return copy;
  }
}
