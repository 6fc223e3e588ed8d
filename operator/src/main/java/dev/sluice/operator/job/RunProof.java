package dev.sluice.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether a Job runs what this operator would run, for one whose uid nobody stored: the answer to
 * its creation was lost. What admission added to it doesn't matter, unless it configures a program
 * of ours.
 */
public final class RunProof {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Variables that decide what our containers do, and to which database. */
  private static final List<String> OURS =
      List.of("SLUICE_", "PG", "AWS_", "JAVA_", "JDK_", "LD_", "GLIBC_", "LIQUIBASE_");

  private static final Set<String> MOUNTS =
      Set.of("/tmp", "/migrations", "/rehearsal", "/opt", "/var", "/dev");
  private static final List<String> EQUAL = List.of("image", "command", "args", "envFrom");

  private RunProof() {}

  /**
   * Compares with the Job as it would be made now.
   *
   * @param job with its annotations
   * @param pod its {@code spec.template.spec}, as the API server has it
   */
  public static boolean isAsMade(Job job, JsonNode pod, DesiredMigration desired, String runner) {
    return order(job, desired, runner)
        .map(order -> JSON.<JsonNode>valueToTree(RunPod.draw(order).getSpec()))
        .filter(drawn -> isSame(pod, drawn))
        .isPresent();
  }

  private static Optional<RunOrder> order(Job job, DesiredMigration desired, String runner) {
    if (!(desired.reading() instanceof Understood(var spec, var input))) {
      return Optional.empty();
    }
    var marks = RunLabels.of(job);
    var run = RunReading.read(job, List.of(), List.of(), false);
    return run.filter(r -> r.input().equals(input))
        .filter(r -> desired.approvedDigest().equals(Optional.ofNullable(r.approved())))
        .map(r ->
            new RunOrder(
                desired,
                spec,
                new NextRun(
                    r.number(),
                    r.attempt(),
                    r.generation(),
                    input,
                    Duration.ofSeconds(1),
                    RunLabels.required(marks)),
                runner));
  }

  private static boolean isSame(JsonNode pod, JsonNode drawn) {
    return text(pod, "serviceAccountName").equals(text(drawn, "serviceAccountName"))
        && !pod.path("hostPID").asBoolean()
        && !pod.path("shareProcessNamespace").asBoolean()
        && all(
            drawn.path("volumes"), volume -> contains(named(pod.path("volumes"), volume), volume))
        && containers(pod.path("initContainers"), drawn.path("initContainers"))
        && containers(pod.path("containers"), drawn.path("containers"));
  }

  private static boolean containers(JsonNode there, JsonNode drawn) {
    return all(drawn, container -> isSameContainer(named(there, container), container));
  }

  private static boolean isSameContainer(JsonNode there, JsonNode drawn) {
    return EQUAL.stream().allMatch(field -> isEqual(there.path(field), drawn.path(field)))
        && all(drawn.path("env"), wanted -> isSameVariable(there, wanted))
        && all(
            there.path("env"),
            extra ->
                !named(drawn.path("env"), extra).isMissingNode()
                    || OURS.stream().noneMatch(text(extra, "name")::startsWith))
        && all(drawn.path("volumeMounts"), mount -> any(there.path("volumeMounts"), mount))
        && all(
            there.path("volumeMounts"),
            mount -> isDrawn(drawn.path("volumeMounts"), mount) || isHarmless(mount));
  }

  private static boolean isSameVariable(JsonNode there, JsonNode wanted) {
    return text(wanted, "name").equals(RunnerEnvironment.DEADLINE)
        || (contains(named(there.path("env"), wanted), wanted)
            && text(named(there.path("env"), wanted), "value").equals(text(wanted, "value")));
  }

  private static boolean isDrawn(JsonNode drawn, JsonNode mount) {
    return stream(drawn).anyMatch(d -> text(d, "mountPath").equals(text(mount, "mountPath")));
  }

  private static boolean isHarmless(JsonNode mount) {
    var path = text(mount, "mountPath");
    return !path.equals("/")
        && MOUNTS.stream().noneMatch(ours -> path.equals(ours) || path.startsWith(ours + "/"));
  }

  private static boolean any(JsonNode there, JsonNode wanted) {
    return stream(there).anyMatch(t -> contains(t, wanted));
  }

  /** Everything that is wanted is there; the API server adds defaults. */
  private static boolean contains(JsonNode there, JsonNode wanted) {
    if (wanted.isObject()) {
      return there.isObject()
          && wanted.properties().stream()
              .allMatch(p -> contains(there.path(p.getKey()), p.getValue()));
    }
    if (wanted.isArray()) {
      return isEqual(there, wanted);
    }
    return isEmpty(wanted) ? isEmpty(there) : there.equals(wanted);
  }

  private static boolean isEqual(JsonNode a, JsonNode b) {
    return (isEmpty(a) && isEmpty(b)) || a.equals(b);
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isContainerNode() && node.isEmpty())
        || (node.isTextual() && node.textValue().isEmpty());
  }

  /** The one of the same name; missing when there are several. */
  private static JsonNode named(JsonNode all, JsonNode one) {
    var same = stream(all).filter(n -> text(n, "name").equals(text(one, "name"))).toList();
    return same.size() == 1 ? same.getFirst() : JSON.missingNode();
  }

  private static boolean all(JsonNode nodes, Predicate<JsonNode> holds) {
    return stream(nodes).allMatch(holds);
  }

  private static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
