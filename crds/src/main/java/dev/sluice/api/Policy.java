package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.Serializable;

/** What a run may do and what it refuses. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Policy(
    @JsonPropertyDescription(
            "SQL folders only: what becomes of a migration that isn't applied but comes before one"
                + " that is. Refuse: nothing runs, and it is named. Allow: it is applied. Default:"
                + " Refuse.")
        Action outOfOrder,
    @JsonPropertyDescription(
            "SQL folders only: what becomes of rows of the ledger, or of the tool's history, whose"
                + " file isn't in the folder. Refuse: nothing runs, and they are named. Allow: the"
                + " run goes on without these files. Default: Refuse.")
        Action missing,
    @JsonPropertyDescription(
            "SQL folders only, while the tool's history is taken over: what becomes of a file that"
                + " differs from what that history says was applied. Refuse: nothing runs, and it"
                + " is named. Allow: the file counts as it is now. Default: Refuse.")
        Action edited,
    @JsonPropertyDescription(
            "What becomes of a database that has migrations after all that the image or ConfigMap"
                + " has, as after a roll-back. Allow: Ready, and the message says so. Refuse: a run"
                + " looks before Ready, and nothing is touched: Stalled with DatabaseAhead."
                + " Default: Allow.")
        Action databaseAhead)
    implements Serializable {

  public static final Policy DEFAULT =
      new Policy(Action.Refuse, Action.Refuse, Action.Refuse, Action.Allow);

  public Policy {
    outOfOrder = outOfOrder == null ? Action.Refuse : outOfOrder;
    missing = missing == null ? Action.Refuse : missing;
    edited = edited == null ? Action.Refuse : edited;
    databaseAhead = databaseAhead == null ? Action.Allow : databaseAhead;
  }

  /** What a run does about something that it finds. */
  public enum Action {
    /** Nothing runs. */
    Refuse,
    /** The run goes on. */
    Allow
  }
}
