package dev.sluice.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Migrations in a namespace in which the API server refuses every Job, as a policy would.
 *
 * @param reported from the object's creation until its status has the API server's words
 */
record Refusals(Figure reported) {
  private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/";
  private static final String WORDS = "no Jobs here";
  private static final String POLICY =
      """
      {"metadata": {"name": "bench-no-jobs"}, "spec": {
        "matchConstraints": {"resourceRules": [
          {"apiGroups": ["batch"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["jobs"]}]},
        "validations": [{"expression": "false", "message": "%s"}]}}
      """
          .formatted(WORDS);

  static Refusals of(Api api, Town town, List<String> names) {
    OperatorBench.progress(names.size() + " migrations whose Jobs are refused");
    api.post(POLICIES + "validatingadmissionpolicies", Api.read(POLICY));
    var binding =
        """
        {"metadata": {"name": "bench-no-jobs"}, "spec": {
          "policyName": "bench-no-jobs", "validationActions": ["Deny"],
          "matchResources": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%s"}}}}}
        """
            .formatted(town.name);
    api.post(POLICIES + "validatingadmissionpolicybindings", Api.read(binding));
    // the API server looks at its policies every second or so
    Polling.sleep(Duration.ofSeconds(5));
    var reported = new ArrayList<Duration>();
    for (var name : names) {
      var since = Instant.now();
      town.apply(name);
      Polling.until(name + " to report it", () -> town.says(name, WORDS));
      reported.add(Duration.between(since, Instant.now()));
    }
    town.clear();
    return new Refusals(new Figure(reported));
  }

  void print() {
    System.out.printf("%n%-32s%12s%12s%n", "a Job is refused", "p50", "most");
    System.out.printf(
        "  %-30s%12s%12s%n",
        "object created -> reported",
        Figure.tell(reported.median()),
        Figure.tell(reported.millis(1)));
  }
}
