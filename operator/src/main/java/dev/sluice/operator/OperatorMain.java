package dev.sluice.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.operator.controller.TrimmedObjects;
import dev.sluice.operator.controller.UnreadableAsNull;
import dev.sluice.operator.decision.Timings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's process. */
public final class OperatorMain {
  private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  public static void main(String[] args) {
    try {
      var config = OperatorConfig.of(System.getenv());
      // a hook would wait for this very process to end
      var operator =
          new SluiceOperator(
              config,
              client(new KubernetesClientBuilder()),
              InstantSource.system(),
              () -> Runtime.getRuntime().halt(1));
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "stop"));
      operator.start();
      log.info(
          "watching {}",
          config.watchNamespaces().isEmpty() ? "all namespaces" : config.watchNamespaces());
    } catch (Exception e) {
      log.error("the operator can't start: {}", rootCause(e), e);
      System.exit(1);
    }
  }

  /** The client wraps what went wrong several times. */
  private static String rootCause(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : rootCause(e.getCause());
  }

  /** A client to which an unreadable object is no failure, and that reads no more than is used. */
  static KubernetesClient client(KubernetesClientBuilder builder) {
    var json =
        new KubernetesSerialization(
            new ObjectMapper().registerModules(new UnreadableAsNull(), new TrimmedObjects()), true);
    return builder
        .editOrNewConfig()
        .withWatchReconnectInterval(Math.toIntExact(Timings.WATCH_RECONNECT.toMillis()))
        .endConfig()
        .withKubernetesSerialization(json)
        .build();
  }
}
