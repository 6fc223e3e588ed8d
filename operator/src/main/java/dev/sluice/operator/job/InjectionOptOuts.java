package dev.sluice.operator.job;

import java.util.Map;
import java.util.TreeMap;

/**
 * What tells meshes, secret stores and agents that a pod is none of theirs, each by the key that
 * its project documents; docs/reference.md has the table. A run that wants one says so in spec.pod.
 */
final class InjectionOptOuts {
  static final Map<String, String> LABELS =
      Map.of(
          "sidecar.istio.io/inject", "false",
          "kuma.io/sidecar-injection", "disabled",
          "admission.datadoghq.com/enabled", "false");

  static final Map<String, String> ANNOTATIONS = annotations();

  private InjectionOptOuts() {}

  private static Map<String, String> annotations() {
    var all = new TreeMap<String, String>();
    all.put("sidecar.istio.io/inject", "false");
    all.put("linkerd.io/inject", "disabled");
    all.put("consul.hashicorp.com/connect-inject", "false");
    all.put("kuma.io/sidecar-injection", "disabled");
    all.put("dapr.io/enabled", "false");
    all.put("vault.hashicorp.com/agent-inject", "false");
    all.put("dynatrace.com/inject", "false");
    all.put("oneagent.dynatrace.com/inject", "false");
    all.put("sidecar.opentelemetry.io/inject", "false");
    for (var language :
        new String[] {"java", "sdk", "nodejs", "python", "dotnet", "go", "apache-httpd", "nginx"}) {
      all.put("instrumentation.opentelemetry.io/inject-" + language, "false");
    }
    return Map.copyOf(all);
  }
}
