package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.Between.Fault;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice wait} at an API server that is away, busy, silent, or somebody else. */
final class WaitFaultIT {
  private static final AtomicInteger TEAMS = new AtomicInteger();
  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;
  private static @Nullable SelfSignedStore certificate;
  private static Path folder = Path.of("");
  private static Path authority = Path.of("");

  private @Nullable TeamNamespace founded;
  private @Nullable Between put;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    server = LocalApiServer.start(folder);
    client = server.client();
    certificate = SelfSignedStore.make(folder, "between");
    client().resource(Manifests.object(Manifests.trees(Folders.CRD).getFirst())).serverSideApply();
  }

  @AfterAll
  static void stop() throws IOException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void found() throws IOException {
    var team = TeamNamespace.of(client(), "team-" + TEAMS.incrementAndGet(), folder);
    authority = Files.copy(team.folder().resolve("ca.crt"), team.folder().resolve("real.crt"));
    Files.writeString(team.folder().resolve("ca.crt"), certificate().pem());
    team.mayOn("get", "watch");
    team.wants("shop", "1");
    founded = team;
    put = between("127.0.0.1", 0);
  }

  @AfterEach
  void leave() {
    between().close();
  }

  private Waiter start(String... more) {
    var arguments = Stream.concat(Stream.of("shop@1"), Stream.of(more)).toArray(String[]::new);
    return Waiter.start(team().environment("127.0.0.1", between().port()), arguments);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Fault.Code(500, 0), "the API server answers 500"),
        Arguments.of(new Fault.Code(503, 0), "the API server answers 503"),
        Arguments.of(new Fault.Code(429, 1), "the API server answers 429 (too many requests)"),
        Arguments.of(new Fault.Code(401, 0), "the API server refuses the token"),
        Arguments.of(new Fault.Code(302, 0), "the API server answers 302"),
        Arguments.of(new Fault.Cut(), "the API server can't be reached: "),
        Arguments.of(new Fault.Silence(), "the API server doesn't answer in time"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void atTheStartItIsToldAndWaitedOut(Fault fault, String words) {
    between().does(fault);
    try (var waiter = start().says("waits for shop@1: " + words)) {
      between().does(new Fault.None());
      waiter.says("hasn't looked");
      team().applied("shop", "1");
      waiter.ends(0);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whileItWatchesToo(Fault fault, String words) {
    try (var waiter = start().says("hasn't looked")) {
      awaitWatch();
      between().does(fault);
      between().cut();
      waiter.says("waits for shop@1: " + words);
      team().applied("shop", "1");
      between().does(new Fault.None());
      assertThat(waiter.ends(0).lines()).hasSizeLessThan(6);
    }
  }

  @Test
  void aWatchThatIsCutWithoutAnyOtherHarmIsNotTold() {
    try (var waiter = start().says("hasn't looked")) {
      awaitWatch();
      between().cut();
      var before = between().requests().size();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> between().requests().size() >= before + 2);
      team().applied("shop", "1");
      assertThat(waiter.ends(0).lines()).hasSize(2);
    }
  }

  @Test
  void itAsksNoSoonerThanItIsAskedTo() {
    between().does(new Fault.Code(429, 4));
    try (var waiter = start().says("429")) {
      throughout(
          Duration.ofSeconds(3),
          () -> {
            assertThat(between().requests()).hasSize(1);
            assertThat(waiter.exit()).isEmpty();
          });
    }
  }

  @Test
  void itAsksEverMoreSeldomWhileItFails() throws InterruptedException {
    between().does(new Fault.Code(503, 0));
    try (var waiter = start().says("503")) {
      Thread.sleep(Duration.ofSeconds(8));
      assertThat(between().requests()).hasSizeBetween(4, 8);
      assertThat(waiter.lines()).hasSize(1);
    }
  }

  @Test
  void waitingAsksNothing() {
    try (var waiter = start().says("hasn't looked")) {
      awaitWatch();
      throughout(
          Duration.ofSeconds(5),
          () -> {
            assertThat(between().requests())
                .hasSize(2)
                .last()
                .asString()
                .contains("fieldSelector=metadata.name%3Dshop");
            assertThat(waiter.exit()).isEmpty();
          });
    }
  }

  /** It holds at each look, from the first one on. */
  private static void throughout(Duration time, ThrowingRunnable holds) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .during(time)
        .atMost(time.multipliedBy(2))
        .untilAsserted(holds);
  }

  @Test
  void anApiServerThatIsAwayComesBack() throws IOException {
    var port = between().port();
    try (var waiter = start().says("hasn't looked")) {
      awaitWatch();
      between().close();
      waiter.says("the API server can't be reached: Connection refused");
      put = between("127.0.0.1", port);
      team().applied("shop", "1");
      waiter.ends(0);
    }
  }

  @Test
  void theTokenIsReadAnew() throws IOException {
    var token = team().folder().resolve("token");
    var good = Files.readString(token);
    Files.writeString(token, "expired");
    try (var waiter = start().says("refuses the token of the pod's service account (401)")) {
      Files.writeString(token, good);
      waiter.says("hasn't looked");
    }
  }

  @Test
  void theAuthorityIsReadAnew() throws IOException {
    var authorities = team().folder().resolve("ca.crt");
    var good = Files.readString(authorities);
    Files.copy(authority, authorities, StandardCopyOption.REPLACE_EXISTING);
    try (var waiter = start().says("the API server isn't trusted: ")) {
      assertThat(between().requests()).as("nobody else is told the token").isEmpty();
      Files.writeString(authorities, good);
      waiter.says("hasn't looked");
    }
  }

  @Test
  void itsTimeIsUpAlsoWhileNobodyAnswers() {
    between().does(new Fault.Silence());
    var began = System.nanoTime();
    try (var waiter = start("--timeout", "2s").ends(11)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      assertThat(waiter.lines()).last().isEqualTo("gives up: the time of --timeout is up");
    }
  }

  /** The tests' own sockets are IPv4's alone, so this is a process. */
  @ParameterizedTest
  @ValueSource(strings = {"::1", "127.0.0.1"})
  void reachesTheAddressThatThePodIsTold(String address) throws IOException, InterruptedException {
    var process = Waiter.process(team().environment(address, 1), "--timeout=1s", "shop@1");
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(11);
    assertThat(output).contains("the API server can't be reached: ");
  }

  private void awaitWatch() {
    Awaitility.await()
        .until(() -> between().requests().stream().anyMatch(r -> r.contains("watch=true")));
  }

  private Between between(String address, int port) throws IOException {
    return new Between(
        URI.create(client().getMasterUrl().toString()),
        certificate(),
        authority,
        InetAddress.ofLiteral(address),
        port);
  }

  private Between between() {
    return Objects.requireNonNull(put);
  }

  private TeamNamespace team() {
    return Objects.requireNonNull(founded);
  }

  private static SelfSignedStore certificate() {
    return Objects.requireNonNull(certificate);
  }

  private static KubernetesClient client() {
    return Objects.requireNonNull(client);
  }
}
