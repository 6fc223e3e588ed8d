package dev.sluice.operator;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.reflect.Field;

/**
 * The namespace of what a task of JOSDK's reconciles. It hands over a bare Runnable, which has it
 * in a private field; without that field all namespaces would be one.
 */
final class ReconciledNamespace {
  private static final String FIELD = "resourceID";

  private ReconciledNamespace() {}

  static String of(Runnable task) {
    try {
      return namespace(task, task.getClass().getDeclaredField(FIELD));
    } catch (ReflectiveOperationException _) {
      return "";
    }
  }

  private static String namespace(Runnable task, Field field) throws IllegalAccessException {
    field.setAccessible(true);
    return field.get(task) instanceof ResourceID id ? id.getNamespace().orElse("") : "";
  }
}
