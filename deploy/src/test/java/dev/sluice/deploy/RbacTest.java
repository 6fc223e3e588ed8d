package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The operator's rights, held to {@code operator-verbs.txt}: a right that nobody uses is a present
 * to whoever takes the pod over, and one that is missing shows only when a failure needs it.
 */
final class RbacTest {
  private static final Path VERBS = Path.of("src/test/resources/operator-verbs.txt");
  private static final Map<String, String> TWO_NAMESPACES =
      Map.of("watchNamespaces[0]", "a", "watchNamespaces[1]", "b");

  @Test
  void everywhereTheOperatorMayDoWhatItDoesAndNoMore() throws IOException {
    var manifests = render(Map.of());
    assertThat(verbs(rules(manifests, ClusterRole.class, "sluice"))).isEqualTo(listed("watched"));
    assertThat(verbs(rules(manifests, Role.class, "sluice-leader"))).isEqualTo(listed("own"));
    assertThat(Manifests.all(Role.class, manifests)).hasSize(1);
    assertThat(Manifests.one(ClusterRoleBinding.class, manifests).getRoleRef().getName())
        .isEqualTo("sluice");
  }

  @Test
  void inNamedNamespacesItHasTheSameRightsThereAndNoneElsewhere() throws IOException {
    var manifests = render(TWO_NAMESPACES);
    var roles = Manifests.all(Role.class, manifests);
    assertThat(roles)
        .extracting(role -> role.getMetadata().getNamespace() + "/" + role.getMetadata().getName())
        .containsExactlyInAnyOrder("a/sluice", "b/sluice", "sluice-system/sluice-leader");
    for (var role : roles) {
      var scope = role.getMetadata().getName().equals("sluice") ? "watched" : "own";
      assertThat(verbs(role.getRules())).isEqualTo(listed(scope));
    }
    assertThat(Manifests.all(ClusterRoleBinding.class, manifests)).isEmpty();
    assertThat(Manifests.all(ClusterRole.class, manifests))
        .extracting(role -> role.getMetadata().getName())
        .containsExactlyInAnyOrder("sluice-viewer", "sluice-editor");
    assertThat(Manifests.all(RoleBinding.class, manifests))
        .hasSize(3)
        .allMatch(
            binding -> binding.getSubjects().getFirst().getNamespace().equals("sluice-system"));
  }

  @Test
  void withoutTheGateThePolicyStillHoldsItsPatches() {
    var off = render(Map.of("gate.enabled", "false"));
    assertThat(verbs(rules(off, ClusterRole.class, "sluice")))
        .contains("core/pods patch")
        .doesNotContain("apps/deployments get");
    assertThat(Manifests.all(ValidatingAdmissionPolicy.class, off))
        .extracting(policy -> policy.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "sluice-gate", "sluice-runs-jobs", "sluice-runs-pods", "sluice-limits");
  }

  @Test
  void nobodyGetsSecretsOrWildcards() {
    for (var manifests : List.of(render(Map.of()), render(TWO_NAMESPACES))) {
      var rules =
          Stream.concat(
              Manifests.all(Role.class, manifests).stream().map(Role::getRules),
              Manifests.all(ClusterRole.class, manifests).stream().map(ClusterRole::getRules));
      assertThat(rules.flatMap(List::stream))
          .isNotEmpty()
          .allSatisfy(rule -> {
            assertThat(rule.getResources()).isNotEmpty().doesNotContain("secrets", "*");
            assertThat(rule.getVerbs()).isNotEmpty().doesNotContain("*", "escalate", "bind");
            assertThat(rule.getApiGroups()).doesNotContain("*");
            assertThat(rule.getNonResourceURLs()).isEmpty();
          });
    }
  }

  @Test
  void editingIsPartOfNoBuiltInRoleUnlessAskedFor() {
    assertThat(labels(render(Map.of()), "sluice-editor"))
        .noneMatch(label -> label.contains("aggregate-to"));
    assertThat(labels(render(Map.of("rbac.aggregateToEdit", "true")), "sluice-editor"))
        .contains("rbac.authorization.k8s.io/aggregate-to-edit");
    assertThat(labels(render(Map.of()), "sluice-viewer"))
        .contains("rbac.authorization.k8s.io/aggregate-to-view");
  }

  private static String render(Map<String, String> set) {
    return CHART.render(new Installation("sluice", "sluice-system", set, List.of()));
  }

  private static Set<String> labels(String manifests, String role) {
    return named(manifests, ClusterRole.class, role).getMetadata().getLabels().keySet();
  }

  private static List<PolicyRule> rules(
      String manifests, Class<? extends HasMetadata> kind, String name) {
    return switch (named(manifests, kind, name)) {
      case Role role -> role.getRules();
      case ClusterRole role -> role.getRules();
      case HasMetadata other -> throw new IllegalArgumentException(other.getKind());
    };
  }

  private static <T extends HasMetadata> T named(String manifests, Class<T> kind, String name) {
    return Manifests.all(kind, manifests).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> verbs(List<PolicyRule> rules) {
    var all = new TreeSet<String>();
    for (var rule : rules) {
      for (var group : rule.getApiGroups()) {
        for (var resource : rule.getResources()) {
          for (var verb : rule.getVerbs()) {
            all.add((group.isEmpty() ? "core" : group) + "/" + resource + " " + verb);
          }
        }
      }
    }
    return all;
  }

  private static Set<String> listed(String scope) throws IOException {
    var all = new TreeSet<String>();
    for (var line : Files.readAllLines(VERBS)) {
      var words = line.strip().split(" +");
      if (words[0].equals(scope)) {
        Stream.of(words).skip(2).forEach(verb -> all.add(words[1] + " " + verb));
      }
    }
    return all;
  }
}
