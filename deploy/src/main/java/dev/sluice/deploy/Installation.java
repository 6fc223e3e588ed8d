package dev.sluice.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the chart is rendered or installed with, as Helm's {@code --set} and {@code --values}. */
public record Installation(
    String release, String namespace, Map<String, String> set, List<Path> values) {

  public Installation {
    set = Map.copyOf(set);
    values = List.copyOf(values);
  }

  /** Release and namespace of the documentation, with the chart's own values. */
  public static Installation standard() {
    return new Installation("sluice", "sluice-system", Map.of(), List.of());
  }
}
