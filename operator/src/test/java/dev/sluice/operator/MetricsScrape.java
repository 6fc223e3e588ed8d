package dev.sluice.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What Prometheus gets of an operator. */
final class MetricsScrape {
  private MetricsScrape() {}

  static String of(SluiceOperator operator) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var url = URI.create("http://127.0.0.1:" + operator.port() + "/metrics");
      var request = HttpRequest.newBuilder(url).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
