package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a container into every new pod of a site, as a mesh does: by a MutatingAdmissionPolicy,
 * where the API server has them.
 */
record InjectedSidecar(Site site, String image) {
  private static final String GROUP = "admissionregistration.k8s.io/";

  /** Once {@code probe} would get it. */
  void inject(String probe) {
    var served = served();
    assumeTrue(served.isPresent(), "the API server has no MutatingAdmissionPolicies");
    var name = site.namespace() + "-sidecar";
    var policy =
        """
        apiVersion: %4$s
        kind: MutatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          failurePolicy: Fail
          reinvocationPolicy: Never
          matchConstraints:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
            resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
          mutations:
          - patchType: JSONPatch
            jsonPatch:
              expression: >-
                [JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{
                name: "agent", image: "%3$s",
                securityContext: Object.spec.containers.securityContext{allowPrivilegeEscalation: false,
                capabilities: Object.spec.containers.securityContext.capabilities{drop: ["ALL"]}}}}]
        ---
        apiVersion: %4$s
        kind: MutatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec: {policyName: %1$s}
        """
            .formatted(name, site.namespace(), image, served.orElseThrow());
    site.client().load(new ByteArrayInputStream(policy.getBytes(UTF_8))).serverSideApply();
    await().atMost(Duration.ofMinutes(1)).until(() -> containers(probe) == 2);
  }

  private Optional<String> served() {
    return Stream.of(GROUP + "v1", GROUP + "v1beta1").filter(this::hasPolicies).findFirst();
  }

  private boolean hasPolicies(String version) {
    var resources = site.client().getApiResources(version);
    return resources != null
        && resources.getResources().stream()
            .anyMatch(r -> r.getName().equals("mutatingadmissionpolicies"));
  }

  private int containers(String probe) {
    var pod = (Pod) site.client().resource(probe).inNamespace(site.namespace()).dryRun().create();
    return pod.getSpec().getContainers().size();
  }
}
