package dev.sluice.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request that never ends does to the probes. */
final class HttpEndpointTest {
  private final HttpEndpoint endpoint = endpoint();

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private static HttpEndpoint endpoint() {
    var metrics = new Metrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of());
    try {
      return new HttpEndpoint(0, () -> true, metrics);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Socket halfSent(String text) throws IOException {
    return halfSent(text, endpoint.port());
  }

  private static Socket halfSent(String text, int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /heal",
        "GET /metrics HTTP/1.1\r\nHost: x",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx"
      })
  void probesAreAnsweredBesideRequestsThatNeverEnd(String text)
      throws IOException, InterruptedException {
    var open = new ArrayList<Socket>();
    try (var client = HttpClient.newHttpClient()) {
      for (var n = 0; n < 50; n++) {
        open.add(halfSent(text));
      }
      for (var path : List.of("/healthz", "/readyz", "/metrics")) {
        var request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
                .timeout(Duration.ofSeconds(3))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(200);
      }
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }

  /** On the port of the metrics as well as on the kubelet's own. */
  @Test
  void theKubeletsProbesAreAnsweredWhileThousandsOfRequestsAreHeld() throws Exception {
    var open = new ArrayList<Socket>();
    try (var probes = new HttpEndpoint(0, () -> true);
        var client = HttpClient.newHttpClient()) {
      for (var n = 0; n < 2000; n++) {
        var port = n % 10 == 0 ? probes.port() : endpoint.port();
        open.add(halfSent("GET /metrics HTTP/1.1\r\nHost: x", port));
      }
      for (var n = 0; n < 20; n++) {
        assertThat(status(client, probes.port(), "/healthz")).isEqualTo(200);
        assertThat(status(client, probes.port(), "/readyz")).isEqualTo(200);
      }
      assertThat(status(client, probes.port(), "/metrics")).as("not there").isEqualTo(404);
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }

  private static int status(HttpClient client, int port, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(3))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aRequestThatNeverEndsIsCutOff() throws IOException {
    try (var socket = halfSent("GET /metrics HTTP/1.1\r\nHost: x")) {
      socket.setSoTimeout(30_000);
      assertThat(socket.getInputStream().read()).as("the end of the connection").isEqualTo(-1);
    }
  }
}
