package dev.sluice.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/** Records what the operator asks of the API server, for the rights that it needs. */
final class VerbRecorder implements Interceptor {
  static final VerbRecorder USED = new VerbRecorder();

  private final ConcurrentSkipListSet<String> used = new ConcurrentSkipListSet<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var uri = request.uri();
    // by way of a proxy there is a word in front
    var parts =
        Stream.of(uri.getPath().split("/", -1)).dropWhile(w -> !w.startsWith("api")).toList();
    if (parts.size() < 3) {
      return;
    }
    var core = parts.getFirst().equals("api");
    var group = core ? "" : parts.get(1);
    var rest = parts.subList(core ? 2 : 3, parts.size());
    if (rest.size() >= 2 && rest.getFirst().equals("namespaces")) {
      rest = rest.subList(2, rest.size());
    }
    if (rest.isEmpty()) {
      return;
    }
    var resource = rest.size() > 2 ? rest.get(0) + "/" + rest.get(2) : rest.getFirst();
    used.add(
        group + " " + resource + " " + verb(request.method(), rest.size() > 1, uri.getQuery()));
  }

  private static String verb(String method, boolean named, String query) {
    return switch (method) {
      case "GET" ->
          query != null && query.contains("watch=true") ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> "delete";
    };
  }

  boolean has(String verb) {
    return used.contains(verb);
  }

  List<String> all() {
    return List.copyOf(used);
  }
}
