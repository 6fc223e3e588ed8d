package dev.sluice.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records what one operator writes. */
final class WriteRecorder implements Interceptor {
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.method().equals("GET")) {
      requests.add(request.method() + " " + request.uri().getPath() + " " + request.bodyString());
    }
  }

  List<String> all() {
    return List.copyOf(requests);
  }
}
