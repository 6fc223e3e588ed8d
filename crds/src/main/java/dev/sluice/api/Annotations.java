package dev.sluice.api;

/** Annotations and names that people and other tools set; they are API. */
public final class Annotations {
  /** On a migration; a new value tries again what has stalled. */
  public static final String RETRY = "sluice.dev/retry";

  /** On a migration; the digest of the plan that may be applied. */
  public static final String APPROVE = "sluice.dev/approve";

  /** On a pod; the revisions that open its gate. */
  public static final String REQUIRES = "sluice.dev/requires";

  /** In a pod's {@code spec.schedulingGates}: the pod waits for its revisions. */
  public static final String GATE = "sluice.dev/migration";

  /** What begins so chooses the AppArmor profile of a container. */
  public static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private Annotations() {}
}
