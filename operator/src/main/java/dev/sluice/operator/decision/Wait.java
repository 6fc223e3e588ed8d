package dev.sluice.operator.decision;

import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.Obstacle;

/** What a run in flight is waited for. */
public sealed interface Wait {
  String reason();

  String message();

  /** The run starts, or is about to: it is looked at again in a moment. */
  sealed interface Brief extends Wait {
    @Override
    default String reason() {
      return Reasons.STARTING;
    }
  }

  /** Its container hasn't started, or only a moment ago. */
  record ContainerStarts(String job) implements Brief {
    @Override
    public String message() {
      return "Job " + job + " starts its container";
    }
  }

  /** Its Job is being deleted. */
  record JobIsDeleted(String job) implements Brief {
    @Override
    public String message() {
      return "Job " + job + " is being deleted";
    }
  }

  /** The Job of a run that has ended isn't done yet. */
  record EarlierJobEnds(String job) implements Brief {
    @Override
    public String message() {
      return "Job " + job + " of the run before ends first";
    }
  }

  /** A Job has the run's name that isn't as the operator makes it. */
  record UnprovenJobEnds(String job) implements Wait {
    @Override
    public String reason() {
      return Reasons.JOB_NAME_TAKEN;
    }

    @Override
    public String message() {
      return "Job "
          + job
          + " has the name of the next run, but isn't the Job that this operator would create now;"
          + " its end isn't believed: wait for it, or delete it";
    }
  }

  /** It was started for an older version of the spec. */
  record OlderRunEnds(String job) implements Wait {
    @Override
    public String reason() {
      return Reasons.OLDER_RUN_ENDS;
    }

    @Override
    public String message() {
      return "the run " + job + " of an older version of the spec ends first";
    }
  }

  /** The database is out of reach. */
  record ForDatabase(String job) implements Wait {
    @Override
    public String reason() {
      return Reasons.WAITING_FOR_DATABASE;
    }

    @Override
    public String message() {
      return "Job " + job + " waits for the database; its log says what is wrong";
    }
  }

  /** Somebody else holds the lock. */
  record ForLock(String job) implements Wait {
    @Override
    public String reason() {
      return Reasons.WAITING_FOR_LOCK;
    }

    @Override
    public String message() {
      return "Job " + job + " waits for the database's lock; its log says who holds it";
    }
  }

  /** It applies the revision. */
  record Applying(String job, String revision) implements Wait {
    @Override
    public String reason() {
      return Reasons.RUNNING;
    }

    @Override
    public String message() {
      return "revision " + revision + " is being applied by Job " + job;
    }
  }

  /** Its container can't start. */
  record Blocked(Obstacle obstacle) implements Wait {
    @Override
    public String reason() {
      return obstacle.reason();
    }

    @Override
    public String message() {
      return obstacle.message();
    }
  }

  /** The object is being deleted, and keeps until the run has ended. */
  record BeforeDeletion(String job) implements Wait {
    @Override
    public String reason() {
      return Reasons.DELETING;
    }

    @Override
    public String message() {
      return "the run " + job + " ends first, then the object goes";
    }
  }
}
