package dev.sluice.operator.controller;

import dev.sluice.operator.decision.Notice;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events beside the reconciler; what can't be sent is dropped. */
public final class EventSink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSink.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** What the API server takes of a note, in bytes. */
  private static final int LONGEST = 1024;

  private final KubernetesClient client;
  private final InstantSource clock;
  private final String instance;
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1000),
          Thread.ofPlatform().daemon().name("events").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /** {@code instance} distinguishes operators. */
  public EventSink(KubernetesClient client, InstantSource clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
  }

  public void send(HasMetadata about, Notice notice) {
    var event = event(about, notice);
    sender.execute(() -> create(event));
  }

  private void create(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      log.warn("an event was not sent: {}", e.getMessage());
    }
  }

  private Event event(HasMetadata about, Notice notice) {
    var meta = about.getMetadata();
    var regarding =
        new ObjectReferenceBuilder()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .build();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(SafeText.cut(meta.getName(), 200).replaceFirst("[^a-z0-9]+$", "") + "-")
        .withNamespace(meta.getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withReportingController("sluice.dev/operator")
        .withReportingInstance(instance)
        .withAction("Migrate")
        .withType(notice.warning() ? "Warning" : "Normal")
        .withReason(notice.reason())
        .withNote(SafeText.cutBytes(SafeText.visible(notice.note()), LONGEST))
        .withRegarding(regarding)
        .build();
  }

  @Override
  public void close() {
    sender.shutdown();
  }
}
