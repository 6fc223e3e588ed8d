package dev.sluice.operator.controller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads of migrations, Jobs and pods only what the operator looks at, for its caches hold all of
 * them. What was read must not be written back whole: writes are patches.
 */
public final class TrimmedObjects extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private static final Map<Class<?>, Set<String>> UNREAD =
      Map.of(ObjectMeta.class, Set.of("managedFields"), Job.class, Set.of("spec"));

  private static final Map<Class<?>, Set<String>> READ =
      Map.of(
          JobStatus.class,
          Set.of("conditions"),
          PodSpec.class,
          Set.of("schedulingGates", "initContainers"),
          Container.class,
          Set.of("name", "restartPolicy", "env"),
          PodStatus.class,
          Set.of(
              "phase",
              "reason",
              "message",
              "conditions",
              "containerStatuses",
              "initContainerStatuses"),
          PodCondition.class,
          Set.of("type", "status", "reason", "message"),
          ContainerStatus.class,
          Set.of("name", "state", "containerID", "imageID", "ready", "started"));

  private static final Set<Class<?>> ANNOTATED =
      Set.of(DatabaseMigration.class, Job.class, Pod.class);

  /** Other annotations can be large: kubectl keeps the whole manifest in one. */
  private static final String OURS = "sluice.dev/";

  public TrimmedObjects() {
    setDeserializerModifier(new Modifier());
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public BeanDeserializerBuilder updateBuilder(
        DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
      var unread = UNREAD.getOrDefault(bean.getBeanClass(), Set.of());
      var read = READ.get(bean.getBeanClass());
      bean.findProperties().stream()
          .map(property -> property.getName())
          .filter(name -> read == null ? unread.contains(name) : !read.contains(name))
          .forEach(name -> {
            builder.removeProperty(PropertyName.construct(name));
            builder.addIgnorable(name);
          });
      return builder;
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> reader) {
      return ANNOTATED.contains(bean.getBeanClass()) ? new Reader(reader) : reader;
    }
  }

  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    Reader(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new Reader(reader);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      var object = (HasMetadata) super.deserialize(json, context);
      var metadata = object.getMetadata();
      if (metadata != null && metadata.getAnnotations() != null) {
        metadata.getAnnotations().keySet().removeIf(name -> !name.startsWith(OURS));
      }
      if (object instanceof Pod pod && pod.getSpec() != null) {
        trim(pod, pod.getSpec());
      }
      return object;
    }

    /**
     * Of the init containers those that go on beside others are looked at, and all where a pod says
     * what it requires: one of them may wait for that, as its environment says.
     */
    private static void trim(Pod pod, PodSpec spec) {
      var annotations = pod.getMetadata().getAnnotations();
      var requires = annotations != null && annotations.containsKey(Annotations.REQUIRES);
      spec.setInitContainers(
          spec.getInitContainers().stream()
              .filter(container -> requires || container.getRestartPolicy() != null)
              .toList());
      if (!requires) {
        spec.getInitContainers().forEach(container -> container.setEnv(List.of()));
      }
      if (spec.getSchedulingGates().isEmpty() && spec.getInitContainers().isEmpty()) {
        pod.setSpec(null);
      }
    }
  }
}
