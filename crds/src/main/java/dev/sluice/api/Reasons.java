package dev.sluice.api;

/** Reasons of conditions and events that the operator gives by itself; they are API. */
public final class Reasons {
  /** The database has the revision. */
  public static final String APPLIED = "Applied";

  /** Another tool's image says that the database has the revision; nobody compared. */
  public static final String APPLIED_UNVERIFIED = "AppliedUnverified";

  /**
   * sluice.dev/retry asked what the database has, or a recheck failed for good; Ready again once a
   * run has succeeded.
   */
  public static final String VERIFYING = "Verifying";

  /** spec.approval is Manual, and a run applied something without an approved plan. */
  public static final String NOT_APPROVED = "NotApproved";

  /** The run's Job exists; its container hasn't started, or only a moment ago. */
  public static final String STARTING = "Starting";

  /** The run's container works. */
  public static final String RUNNING = "Running";

  /** The run tries to reach the database. */
  public static final String WAITING_FOR_DATABASE = "WaitingForDatabase";

  /** Another run, or another tool, holds the lock of the database. */
  public static final String WAITING_FOR_LOCK = "WaitingForLock";

  /** Another migration of the same database runs first: one of both is another tool's. */
  public static final String WAITING_FOR_TURN = "WaitingForTurn";

  /** spec.approval is Manual, and nobody has said yes to the plan yet. */
  public static final String WAITING_FOR_APPROVAL = "WaitingForApproval";

  /** A run made a plan that nobody has said yes to; the reason of a run. */
  public static final String APPROVAL_REQUIRED = "ApprovalRequired";

  /** A run that was started for an older version of the spec ends first. */
  public static final String OLDER_RUN_ENDS = "OlderRunEnds";

  /** The object is being deleted; the run in flight ends first. */
  public static final String DELETING = "Deleting";

  /** spec.suspend is true: no new run starts. */
  public static final String SUSPENDED = "Suspended";

  /** A failure that may pass by itself; the next attempt is scheduled. */
  public static final String RETRY_SCHEDULED = "RetryScheduled";

  /** run.attempts failures that might have passed didn't. */
  public static final String ATTEMPTS_EXHAUSTED = "AttemptsExhausted";

  /** run.deadline is over. */
  public static final String DEADLINE_EXCEEDED = "DeadlineExceeded";

  /** The spec can't be read by this operator. */
  public static final String SPEC_UNREADABLE = "SpecUnreadable";

  /** The same revision was asked for with another content; it isn't run again. */
  public static final String SAME_REVISION = "SameRevisionOtherContent";

  /** A Secret that the pod needs doesn't exist, or a key in it. */
  public static final String WAITING_FOR_SECRET = "WaitingForSecret";

  /** A ConfigMap that the pod needs doesn't exist, or a key in it. */
  public static final String WAITING_FOR_CONFIG_MAP = "WaitingForConfigMap";

  /** A volume can't be mounted. */
  public static final String MOUNT_FAILED = "MountFailed";

  /** The image can't be pulled. */
  public static final String IMAGE_PULL_FAILED = "ImagePullFailed";

  /** spec.image is no image reference to the node. */
  public static final String INVALID_IMAGE_NAME = "InvalidImageName";

  /** No node takes the pod. */
  public static final String UNSCHEDULABLE = "Unschedulable";

  /** The kubelet can't make the container. */
  public static final String CONTAINER_CREATE_FAILED = "ContainerCreateFailed";

  /** Something else put a scheduling gate on the pod, and hasn't taken it away. */
  public static final String SCHEDULING_GATED = "SchedulingGated";

  /** The run's Job is suspended, by Kueue or by a person. */
  public static final String JOB_SUSPENDED = "JobSuspended";

  /** An init container that isn't Sluice's works, and the run's own start after it. */
  public static final String WAITING_FOR_INJECTED_CONTAINER = "WaitingForInjectedContainer";

  /** An init container that isn't Sluice's failed, and ended the pod. */
  public static final String INJECTED_CONTAINER_FAILED = "InjectedContainerFailed";

  /** The Job can't make its pod: quota, pod security, admission. */
  public static final String POD_REJECTED = "PodRejected";

  /**
   * The API server refuses a write to the Job or for it: quota, admission, permission, overload.
   */
  public static final String JOB_REJECTED = "JobRejected";

  /** The API server can never accept the run's Job: spec.pod has what a pod may not have. */
  public static final String JOB_INVALID = "JobInvalid";

  /** A Job of that name exists and isn't this object's. */
  public static final String JOB_NAME_TAKEN = "JobNameTaken";

  /** The image does not contain the Sluice runner. */
  public static final String NOT_A_MIGRATIONS_IMAGE = "NotAMigrationsImage";

  /** The image of another tool does not contain the program that spec.command names. */
  public static final String COMMAND_NOT_FOUND = "CommandNotFound";

  /** The node can't execute the image's program: it was built for another architecture. */
  public static final String WRONG_ARCHITECTURE = "WrongArchitecture";

  /** The container used more memory than its limit. */
  public static final String OOM_KILLED = "OOMKilled";

  /** The pod was evicted from its node. */
  public static final String EVICTED = "Evicted";

  /** The Job's own deadline, a backstop, ended the run. */
  public static final String JOB_DEADLINE_EXCEEDED = "JobDeadlineExceeded";

  /** The run's end was not seen: its Job or pod vanished. */
  public static final String LOST = "Lost";

  /** The run was taken back before its container started. */
  public static final String CANCELLED = "Cancelled";

  /** The run was stopped, because its object was deleted with deletionPolicy Abort. */
  public static final String ABORTED = "Aborted";

  /** Event: an operator of another installation works on the same object. */
  public static final String OTHER_INSTALLATION = "OtherInstallation";

  /** A migration failed in the rehearsal; the database wasn't touched. */
  public static final String REHEARSAL_FAILED = "RehearsalFailed";

  /** Event: a run went on although its rehearsal failed, or wasn't a whole one. */
  public static final String REHEARSAL_WARNING = "RehearsalWarning";

  /** The run failed (an event, and the reason of a run that left none). */
  public static final String RUN_FAILED = "RunFailed";

  /** The run was refused by a policy and left no reason. */
  public static final String REFUSED = "Refused";

  /** The run's configuration is wrong and it left no reason. */
  public static final String CONFIGURATION_INVALID = "ConfigurationInvalid";

  /** The run waited without success, or was interrupted, and left no reason. */
  public static final String INTERRUPTED = "Interrupted";

  /** Event: a run was started. */
  public static final String RUN_STARTED = "RunStarted";

  /** Event: a run succeeded. */
  public static final String RUN_SUCCEEDED = "RunSucceeded";

  /** Event: a run took over the history of the tool that migrated the database before. */
  public static final String ADOPTED = "Adopted";

  /** Event: a run entered migrations as applied, as spec.baseline asks. */
  public static final String BASELINED = "Baselined";

  /** Event: a recheck failed in a way that may pass by itself; Ready stays True. */
  public static final String RECHECK_FAILED = "RecheckFailed";

  private Reasons() {}
}
