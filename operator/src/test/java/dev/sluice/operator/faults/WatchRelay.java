package dev.sluice.operator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes a watch on, event by event. */
final class WatchRelay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FaultScript script;
  private final String resource;
  private final Runnable crash;
  private final Map<String, JsonNode> before = new HashMap<>();

  WatchRelay(FaultScript script, String resource, Runnable crash) {
    this.script = script;
    this.resource = resource;
    this.crash = crash;
  }

  /** Returns when the watch has ended, one way or another. */
  void relay(InputStream events, HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    // the headers leave with the first flush: the client waits for them
    out.flush();
    var lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var event = JSON.readTree(line);
      var type = event.path("type").asText();
      var go =
          (type.equals("BOOKMARK") || type.equals("ERROR"))
              ? write(out, line)
              : pass(out, event, line);
      if (!go) {
        return;
      }
    }
  }

  /** False: the watch ends here. */
  private boolean pass(OutputStream out, JsonNode event, String line) throws IOException {
    var name = event.at("/object/metadata/name").asText();
    var old = before.put(name, event);
    var keys = List.of("event " + resource, FaultScript.EVENT);
    var what = "event %s %s %s".formatted(resource, event.path("type").asText(), name);
    return switch (script.next(keys, what).orElse(null)) {
      case null -> write(out, line);
      case Fault.Drop _ -> true;
      case Fault.Delay(var by) -> {
        FaultProxy.pause(by);
        yield write(out, line);
      }
      case Fault.Replay(var by) -> {
        replay(out, old);
        FaultProxy.pause(by);
        yield write(out, line);
      }
      case Fault.Gone _, Fault.Answer _, Fault.AsOf _ -> {
        write(out, "{\"type\":\"ERROR\",\"object\":" + FaultProxy.status(410) + "}");
        yield false;
      }
      case Fault.Reset _, Fault.ResponseLost _ -> false;
      case Fault.CrashBefore _ -> {
        crash.run();
        yield false;
      }
      case Fault.CrashAfter _ -> {
        write(out, line);
        crash.run();
        yield false;
      }
    };
  }

  private static void replay(OutputStream out, @Nullable JsonNode old) throws IOException {
    if (old instanceof ObjectNode event) {
      write(out, event.deepCopy().put("type", "MODIFIED").toString());
    }
  }

  private static boolean write(OutputStream out, String line) throws IOException {
    out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }
}
