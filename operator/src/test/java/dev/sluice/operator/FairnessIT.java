package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two tenants, one of whom has much to do, or is slow. What the other waits is printed; the bound
 * here is generous, for other tests run beside.
 */
final class FairnessIT {
  private static final Duration WEBHOOK = Duration.ofSeconds(9);

  private final TestNamespace busy = new TestNamespace();
  private final TestNamespace other = new TestNamespace();

  @AfterEach
  void end() {
    busy.close();
    other.close();
  }

  /** Holds back each Job of the busy tenant, as a webhook of its namespace would. */
  private final class SlowWebhook implements Interceptor {
    private final Duration delay;

    SlowWebhook(Duration delay) {
      this.delay = delay;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      if (request.method().equals("POST")
          && request.uri().getPath().endsWith("/namespaces/" + busy.namespace + "/jobs")) {
        try {
          Thread.sleep(delay);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private SluiceOperator operator(Duration delay) throws IOException {
    var client =
        OperatorMain.client(
            new KubernetesClientBuilder()
                .withConfig(TestApiServer.shared().config())
                .withHttpClientBuilderConsumer(
                    http -> http.addOrReplaceInterceptor("webhook", new SlowWebhook(delay))));
    var config =
        new OperatorConfig(
            "runner:1",
            Set.of(busy.namespace, other.namespace),
            false,
            "two",
            "operator",
            0,
            null,
            true,
            "info");
    var operator = new SluiceOperator(config, client, InstantSource.system(), () -> {});
    operator.start();
    return operator;
  }

  private void many(int objects) {
    for (var n = 0; n < objects; n++) {
      busy.apply(manifest("many-" + n, "a/many:1"));
    }
  }

  /** How long three objects, one after the other, waited for their Jobs at most. */
  private Duration waited() {
    return IntStream.range(0, 3)
        .mapToObj(n -> {
          var since = Instant.now();
          other.apply(manifest("few-" + n, "a/few:1"));
          TestNamespace.await()
              .pollInterval(Duration.ofMillis(50))
              .until(() ->
                  other.jobs().stream()
                      .anyMatch(job -> job.getMetadata().getName().startsWith("few-" + n)));
          return Duration.between(since, Instant.now());
        })
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private void isWithin(Duration waited, String what) {
    System.out.println("another tenant waited " + waited.toMillis() + " ms beside " + what);
    assertThat(waited).as(what).isLessThan(WEBHOOK.multipliedBy(2));
  }

  @Test
  void aSlowWebhookOfOneHoldsUpNobodyElse() throws IOException {
    try (var operator = operator(WEBHOOK)) {
      assertThat(operator.port()).isPositive();
      many(90);
      isWithin(waited(), "90 objects with a webhook of " + WEBHOOK.toSeconds() + " s");
    }
  }

  @Test
  void manyObjectsOfOneHoldUpNobodyElse() throws IOException {
    many(500);
    try (var operator = operator(Duration.ZERO)) {
      assertThat(operator.port()).isPositive();
      isWithin(waited(), "500 objects");
      assertThat(busy.jobs()).isNotEmpty();
    }
  }
}
