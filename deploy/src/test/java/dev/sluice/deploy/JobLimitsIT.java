package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jobs the operator's account may make: those of the operator, and no others. */
final class JobLimitsIT {
  private static final Path JOBS =
      Path.of("../operator/src/test/resources/dev/sluice/operator/job");
  private static final String GOOD =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {generateName: shop-, namespace: team}
      spec:
        template:
          metadata: {labels: {sluice.dev/migration: shop}}
          spec:
            restartPolicy: Never
            automountServiceAccountToken: false
            securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
            volumes: [{name: tmp, emptyDir: {}}]
            containers:
            - name: migrate
              image: shop:1
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient operator;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    install(Map.of());
    try (var person = server.client()) {
      person
          .resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build())
          .create();
    }
    operator =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.fromKubeconfig(Files.readString(server.kubeconfig())))
                    .withImpersonateUsername("system:serviceaccount:sluice-system:sluice")
                    .build())
            .build();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isRefused(root()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (operator != null) {
      operator.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static void install(Map<String, String> set) {
    CHART.install(
        new Installation("sluice", "sluice-system", set, List.of()),
        Objects.requireNonNull(server).kubeconfig(),
        Optional.empty());
  }

  private static String root() {
    return GOOD.replace("runAsNonRoot: true", "runAsNonRoot: false");
  }

  private static boolean isRefused(String manifest) {
    try {
      tried(manifest);
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("the operator may not");
    }
  }

  private static void tried(String manifest) {
    Objects.requireNonNull(operator)
        .resource(Serialization.unmarshal(manifest, Job.class))
        .dryRun()
        .create();
  }

  static Stream<Path> drawn() throws IOException {
    try (var files = Files.list(JOBS)) {
      return files.filter(file -> file.toString().endsWith("-job.yaml")).toList().stream();
    }
  }

  @Test
  void thereAreJobsToTry() throws IOException {
    assertThat(drawn()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void whatTheOperatorMakesIsTaken(Path job) {
    assertThatCode(() -> tried(Files.readString(job))).doesNotThrowAnyException();
  }

  /** As clusters that choose the user ask for, and with another profile. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runAsNonRoot: true | runAsNonRoot: true, runAsUser: 1000650000, fsGroup: 1000650000",
        "type: RuntimeDefault | type: Localhost, localhostProfile: sluice.json",
        "runAsNonRoot: true | runAsNonRoot: true, seLinuxOptions: {level: 's0:c1,c2'}",
        "runAsNonRoot: true | runAsNonRoot: true, appArmorProfile: {type: RuntimeDefault}",
        "restartPolicy: Never | restartPolicy: Never~      serviceAccountName: shop",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: false, runAsNonRoot: true"
      })
  void whatIsAsStrictIsTakenToo(String part, String instead) {
    assertThatCode(() -> tried(with(part, instead))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "namespace: team | namespace: kube-system | in the namespaces kube-...",
        "sluice.dev/migration: shop | app: shop | Jobs of runs only",
        "automountServiceAccountToken: false | automountServiceAccountToken: true | token",
        "automountServiceAccountToken: false | serviceAccountName: shop | token",
        "emptyDir: {} | hostPath: {path: /} | other volumes",
        "emptyDir: {} | projected: {sources: [{serviceAccountToken: {path: t}}]} | other volumes",
        "emptyDir: {} | csi: {driver: secrets.example.com, readOnly: true} | other volumes",
        "restartPolicy: Never | restartPolicy: Never~      hostNetwork: true | the node's network",
        "restartPolicy: Never | restartPolicy: Never~      hostPID: true | the node's network",
        "restartPolicy: Never | restartPolicy: Never~      hostIPC: true | the node's network",
        "restartPolicy: Never | restartPolicy: Never~      nodeName: n | name a node",
        "restartPolicy: Never | restartPolicy: Never~      priorityClassName: system-node-critical"
            + " | system priority",
        "image: shop:1 | image: shop:1~        ports: [{containerPort: 1, hostPort: 1}] | ports",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | gain privileges",
        "allowPrivilegeEscalation: false, | '' | gain privileges",
        "allowPrivilegeEscalation: false | privileged: true | gain privileges",
        "drop: [ALL] | drop: [NET_RAW] | gain privileges",
        "drop: [ALL] | drop: [ALL], add: [SYS_ADMIN] | gain privileges",
        "runAsNonRoot: true | runAsNonRoot: false | run as root",
        "runAsNonRoot: true, | '' | run as root",
        "runAsNonRoot: true | runAsNonRoot: true, runAsUser: 0 | run as root",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: false, runAsNonRoot: false"
            + " | run as root",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: false, runAsUser: 0"
            + " | run as root",
        "type: RuntimeDefault | type: Unconfined | seccomp",
        "', seccompProfile: {type: RuntimeDefault}' | '' | seccomp",
        "runAsNonRoot: true | runAsNonRoot: true, appArmorProfile: {type: Unconfined} | AppArmor",
        "runAsNonRoot: true | runAsNonRoot: true, seLinuxOptions: {role: sysadm_r} | SELinux",
        "runAsNonRoot: true | runAsNonRoot: true, sysctls: [{name: net.core.somaxconn, value: '1'}]"
            + " | sysctls",
        "containers: | initContainers: [{name: i, image: 'i:1'}]~"
            + "      containers: | gain privileges"
      })
  void whatGoesFurtherIsRefused(String part, String instead, String message) {
    assertThatThrownBy(() -> tried(with(part, instead)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }

  /** In place of the first such part; ~ ends a line. */
  private static String with(String part, String instead) {
    assertThat(GOOD).contains(part);
    return GOOD.replaceFirst(
        Pattern.quote(part), Matcher.quoteReplacement(instead.replace("~", "\n")));
  }

  /** Where labels would make a run's pod an endpoint of a Service. */
  @Test
  void labelsMayBeHeldToAList() {
    install(Map.of("runs.limits.podLabels[0]", "team"));
    try {
      var joins = GOOD.replace("sluice.dev/migration: shop", "sluice.dev/migration: shop, app: a");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThatThrownBy(() -> tried(joins))
                  .hasMessageContaining(
                      "spec.pod.labels may have team here (runs.limits.podLabels), and not app"));
      assertThatCode(() -> tried(joins.replace("app: a", "team: a"))).doesNotThrowAnyException();
    } finally {
      install(Map.of());
    }
  }

  @Test
  void othersAreNotHeldToIt() {
    try (var person = Objects.requireNonNull(server).client()) {
      var job =
          Serialization.unmarshal(root().replace("sluice.dev/migration: shop", ""), Job.class);
      assertThatCode(() -> person.resource(job).dryRun().create()).doesNotThrowAnyException();
    }
  }
}
