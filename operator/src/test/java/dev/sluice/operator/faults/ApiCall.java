package dev.sluice.operator.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of the operator. */
record ApiCall(String verb, String resource, String name) {
  private static final List<String> WRITES = List.of("create", "update", "patch", "delete");

  static ApiCall of(String method, String path, @Nullable String query) {
    var parts = List.of(path.substring(1).split("/", -1));
    var rest =
        parts.subList(Math.min(parts.getFirst().equals("api") ? 2 : 3, parts.size()), parts.size());
    if (rest.size() > 2 && rest.getFirst().equals("namespaces")) {
      rest = rest.subList(2, rest.size());
    }
    var resource = rest.isEmpty() ? path : rest.getFirst();
    return new ApiCall(
        verb(method, rest.size() > 1, query),
        rest.size() > 2 ? resource + "/" + rest.get(2) : resource,
        rest.size() > 1 ? rest.get(1) : "");
  }

  private static String verb(String method, boolean named, @Nullable String query) {
    return switch (method) {
      case "GET" ->
          query != null && query.contains("watch=true") ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> "delete";
    };
  }

  /** What is written to migrations and Jobs; events and leases are written beside. */
  boolean write() {
    return WRITES.contains(verb)
        && (resource.startsWith("databasemigrations") || resource.equals("jobs"));
  }

  /** The names under which a script may count it. */
  List<String> keys() {
    var key = verb + " " + resource;
    return write()
        ? List.of(key, FaultScript.WRITE, FaultScript.CALL)
        : List.of(key, FaultScript.CALL);
  }

  @Override
  public String toString() {
    return verb + " " + resource + (name.isEmpty() ? "" : " " + name);
  }
}
