package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the API server itself says was asked of it, and when. */
final class AuditLog {
  private static final int PIECE = 1 << 20;

  private final Path file;
  private final List<Request> requests = new ArrayList<>();
  private long position;
  private String rest = "";

  AuditLog(Path file) {
    this.file = file;
  }

  /**
   * One request that was answered.
   *
   * @param resource with its subresource
   */
  record Request(
      String user,
      String verb,
      String resource,
      String namespace,
      String name,
      int code,
      Instant received,
      Instant answered) {
    private static final Set<String> READS = Set.of("get", "list", "watch");

    /** Of the lease, and a question that is put as an object. */
    private static final Set<String> ASIDE = Set.of("leases", "selfsubjectrulesreviews");

    boolean write() {
      return !READS.contains(verb) && !ASIDE.contains(resource);
    }

    /** What an operator that has nothing to do asks as well. */
    boolean idle() {
      return verb.equals("watch") || resource.equals("leases");
    }

    boolean done() {
      return code < 300;
    }
  }

  List<Request> find(Predicate<Request> wanted) {
    readOn();
    return requests.stream().filter(wanted).toList();
  }

  private void readOn() {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      while (position < log.length()) {
        log.seek(position);
        var piece = new byte[(int) Math.min(PIECE, log.length() - position)];
        log.readFully(piece);
        position += piece.length;
        var lines = (rest + new String(piece, StandardCharsets.ISO_8859_1)).split("\n", -1);
        rest = lines[lines.length - 1];
        for (var i = 0; i < lines.length - 1; i++) {
          requests.add(request(Api.read(lines[i])));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(JsonNode event) {
    var object = event.path("objectRef");
    var part = object.path("subresource").asText("");
    return new Request(
        event.path("user").path("username").asText(),
        event.path("verb").asText(),
        object.path("resource").asText() + (part.isEmpty() ? "" : "/" + part),
        object.path("namespace").asText(),
        object.path("name").asText(),
        event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("requestReceivedTimestamp").asText()),
        Instant.parse(event.path("stageTimestamp").asText()));
  }
}
