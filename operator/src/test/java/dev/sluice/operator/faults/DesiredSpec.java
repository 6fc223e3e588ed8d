package dev.sluice.operator.faults;

/** What a person asks for. */
record DesiredSpec(String name, String revision, String host, boolean suspend, String label) {
  DesiredSpec(String name, String revision) {
    this(name, revision, "db.example", false, "a");
  }

  DesiredSpec revision(String other) {
    return new DesiredSpec(name, other, host, suspend, label);
  }

  DesiredSpec host(String other) {
    return new DesiredSpec(name, revision, other, suspend, label);
  }

  DesiredSpec suspend(boolean now) {
    return new DesiredSpec(name, revision, host, now, label);
  }

  /** Of the pod; it never asks for a run. */
  DesiredSpec label(String other) {
    return new DesiredSpec(name, revision, host, suspend, other);
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
      run: {attempts: 3, backoff: {initial: 1s, max: 1s}}
      suspend: %s
      pod: {labels: {team: %s}}
    """
        .formatted(name, revision, host, suspend, label);
  }
}
