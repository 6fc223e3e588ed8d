package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice wait} at a real API server, with the rights of a service account. */
final class WaitIT {
  private static final AtomicInteger TEAMS = new AtomicInteger();
  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;
  private static Path folder = Path.of("");

  private final List<Waiter> waiters = new ArrayList<>();
  private @Nullable TeamNamespace founded;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server = LocalApiServer.start(folder);
    client = server.client();
    var early = TeamNamespace.of(client(), "early", folder);
    early.mayOn("get", "watch");
    try (var waiter = Waiter.start(early.environment(), "shop@1")) {
      waiter.says("waits for shop@1: this cluster knows no DatabaseMigration");
      client()
          .resource(Manifests.object(Manifests.trees(Folders.CRD).getFirst()))
          .serverSideApply();
      waiter.says("there is no DatabaseMigration shop in namespace early");
    }
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
    founded = TeamNamespace.of(client(), "team-" + TEAMS.incrementAndGet(), folder);
    founded.mayOn("get", "watch");
  }

  @AfterEach
  void leave() {
    waiters.forEach(Waiter::close);
  }

  private Waiter waits(String... arguments) {
    var waiter = Waiter.start(team().environment(), arguments);
    waiters.add(waiter);
    return waiter;
  }

  @Test
  void passesAtOnceWhateverElseTheMigrationDoes() {
    team().wants("shop", "2");
    team().stands("shop", "Stalled", "ChangeSetFailed", "no such table", "1");
    assertThat(waits("shop@1").ends(0).lines()).containsExactly("shop@1 is applied");
  }

  @Test
  void saysEachChangeOnce() {
    var waiter = waits("shop@2").says("there is no DatabaseMigration shop");
    team().wants("shop", "2");
    waiter.says("hasn't looked");
    team().stands("shop", "Reconciling", "Starting", "Job 1 starts", "1");
    waiter.says("(Starting)");
    team().stands("shop", "Reconciling", "Starting", "Job 1 still starts", "1");
    team().stands("shop", "Reconciling", "Running", "Job 1 runs", "1");
    waiter.says("(Running)");
    team().stands("shop", "Stalled", "ChangeSetFailed", "no such table", "1");
    waiter.says("stalled");
    team().applied("shop", "2", "1");
    assertThat(waiter.ends(0).lines())
        .containsExactly(
            "waits for shop@2: there is no DatabaseMigration shop in namespace %s: create it, or"
                    .formatted(team().namespace())
                + " correct the name",
            "waits for shop@2: the operator hasn't looked at its spec yet",
            "waits for shop@2: not applied yet (Starting)",
            "waits for shop@2: not applied yet (Running)",
            "waits for shop@2: it has stalled and must be mended: ChangeSetFailed: no such table",
            "shop@2 is applied");
  }

  @Test
  void aDeletedMigrationIsMissed() {
    team().wants("shop", "2");
    var waiter = waits("shop@2").says("hasn't looked");
    team().drop("shop");
    waiter.says("there is no DatabaseMigration shop");
  }

  @Test
  void aRevisionThatNobodyAskedForIsNamed() {
    team().wants("shop", "2");
    team().applied("shop", "2");
    waits("shop@3").says("not among its applied revisions, and its spec says revision 2");
  }

  @Test
  void whatWasAppliedBeforeTheSpecChangedDoesNotCount() {
    team().wants("shop", "1");
    team().applied("shop", "1");
    team().wants("shop", "2");
    var waiter = waits("shop@1").says("hasn't looked");
    team().applied("shop", "2", "1");
    waiter.ends(0);
  }

  @Test
  void severalMustAllBeThere() {
    team().wants("shop", "1");
    var waiter =
        waits("shop@1,billing@7")
            .says("shop@1: the operator hasn't looked at its spec yet; billing@7: there");
    team().applied("shop", "1");
    waiter.says("waits for billing@7: there is no DatabaseMigration billing");
    team().wants("billing", "7");
    team().applied("billing", "7");
    assertThat(waiter.ends(0).lines()).last().isEqualTo("shop@1, billing@7 are applied");
  }

  @Test
  void givesUpWhenItsTimeIsUp() {
    assertThat(waits("--timeout=1500ms", "shop@1").ends(11).lines())
        .last()
        .isEqualTo("gives up: the time of --timeout is up");
  }

  @Test
  void fortyPodsPassTogether() {
    team().wants("shop", "1");
    var all = new ArrayList<Waiter>();
    for (var i = 0; i < 40; i++) {
      all.add(waits("shop@1"));
    }
    all.forEach(waiter -> waiter.says("hasn't looked"));
    team().applied("shop", "1");
    all.forEach(waiter -> waiter.ends(0));
  }

  @Test
  void theRemedyForAMissingRightIsTheRight() throws IOException, InterruptedException {
    team().wants("shop", "1");
    team().wants("billing", "1");
    team().account("other");
    var waiter = waits("shop@1", "billing@1").says("may not read it");
    var line = waiter.lines().getFirst();
    assertThat(line).contains("\"system:serviceaccount:%s:other\"".formatted(team().namespace()));
    for (var remedy : line.split("; allow that: ", -1)) {
      if (remedy.startsWith("kubectl")) {
        kubectl(remedy.replaceFirst("; billing@1: .*", ""));
      }
    }
    waiter.says("waits for shop@1: the operator hasn't looked at its spec yet; billing@1: the op");
    team().applied("shop", "1");
    team().applied("billing", "1");
    waiter.ends(0);
    team().wants("third", "1");
    waits("third@1").says("may not read it");
  }

  @Test
  void withoutTheRightToWatchItLooksNowAndThen() {
    team().mayOn("get");
    team().wants("shop", "1");
    var waiter = waits("shop@1").says("may not watch, and looks every few seconds instead");
    team().applied("shop", "1");
    waiter.ends(0);
  }

  @Test
  void outsideOfAPodItSaysWhatIsMissing() {
    var nowhere = Waiter.start(Map.of(), "shop@1").ends(40);
    assertThat(nowhere.lines())
        .containsExactly("sluice wait: KUBERNETES_SERVICE_HOST isn't set: this runs in a pod");
    var environment = new HashMap<>(team().environment());
    environment.put("SLUICE_SERVICE_ACCOUNT", "/nowhere");
    assertThat(Waiter.start(environment, "shop@1").ends(40).lines())
        .singleElement()
        .asString()
        .contains("automountServiceAccountToken must not be false");
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingElse() {
    assertThat(waits("shop").ends(2).lines())
        .containsExactly(
            "sluice wait: \"shop\" stands where <migration>@<revision> is expected, such as"
                + " shop@1.42.0; --help tells more");
  }

  @Test
  void aSignalEndsItAtOnce() throws IOException, InterruptedException {
    var process = Waiter.process(team().environment(), "shop@1");
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).contains("there is no DatabaseMigration shop");
      process.destroy();
      assertThat(process.waitFor(Duration.ofSeconds(5))).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  private TeamNamespace team() {
    return Objects.requireNonNull(founded);
  }

  private static void kubectl(String line) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", "-euc", line).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", server().kubeconfig().toString());
    builder.environment().merge("PATH", server().folder().toString(), (a, b) -> b + ":" + a);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static LocalApiServer server() {
    return Objects.requireNonNull(server);
  }

  private static KubernetesClient client() {
    return Objects.requireNonNull(client);
  }
}
