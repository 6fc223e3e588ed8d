package dev.sluice.operator;

import dev.sluice.operator.decision.Timings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;

/** One operator, as its process would run it. */
public final class OperatorInstance implements AutoCloseable {
  private final KubernetesClient client;
  private final SluiceOperator operator;

  private OperatorInstance(KubernetesClient client, SluiceOperator operator) {
    this.client = client;
    this.operator = operator;
  }

  /** A real API server, for all tests of this JVM. */
  public static Config apiServer() {
    return TestApiServer.shared().config();
  }

  /** A client that sees whole objects, other than an operator's. */
  public static KubernetesClient client(Config config) {
    return TestNamespace.person(config);
  }

  /** Starts it; throws where the process would end. {@code lost}: leadership was. */
  public static OperatorInstance start(
      Config config, String namespace, String name, Settings settings, Runnable lost)
      throws IOException {
    var client =
        OperatorMain.client(
            new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(
                    http -> http.addOrReplaceInterceptor("verbs", VerbRecorder.USED)));
    var operator =
        new SluiceOperator(
            new OperatorConfig(
                "runner:1",
                Set.of(namespace),
                settings.leaderElection(),
                namespace,
                name,
                0,
                null,
                false,
                "info"),
            client,
            settings.clock(),
            lost,
            settings.timings());
    var instance = new OperatorInstance(client, operator);
    try {
      operator.start();
      return instance;
    } catch (RuntimeException e) {
      instance.kill();
      throw e;
    }
  }

  /** What differs between tests. */
  public record Settings(InstantSource clock, Timings timings, boolean leaderElection) {}

  public int port() {
    return operator.port();
  }

  /** Frees what it holds in this JVM; nothing of it reaches the API server any more. */
  public void kill() {
    client.close();
    operator.close();
  }

  /** As SIGTERM does. */
  @Override
  public void close() {
    operator.close();
  }
}
