package dev.sluice.operator.faults;

/** What a person asks for. */
record DesiredSpec(
    String name, String revision, String host, boolean suspend, String label, String deadline) {
  DesiredSpec(String name, String revision) {
    this(name, revision, "db.example", false, "a", "30m");
  }

  DesiredSpec revision(String other) {
    return new DesiredSpec(name, other, host, suspend, label, deadline);
  }

  DesiredSpec host(String other) {
    return new DesiredSpec(name, revision, other, suspend, label, deadline);
  }

  DesiredSpec suspend(boolean now) {
    return new DesiredSpec(name, revision, host, now, label, deadline);
  }

  /** Of the pod; it never asks for a run. */
  DesiredSpec label(String other) {
    return new DesiredSpec(name, revision, host, suspend, other, deadline);
  }

  DesiredSpec deadline(String other) {
    return new DesiredSpec(name, revision, host, suspend, label, other);
  }

  String manifest() {
    return """
    apiVersion: sluice.dev/v1alpha1
    kind: DatabaseMigration
    metadata: {name: %s}
    spec:
      image: a/shop:%s
      changelog: {path: root.yaml}
      database: {host: %s, name: shop, credentials: {secret: {name: shop-db}}}
      run: {attempts: 3, deadline: %s, backoff: {initial: 1s, max: 1s}}
      suspend: %s
      pod: {labels: {team: %s}}
    """
        .formatted(name, revision, host, deadline, suspend, label);
  }
}
