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
        OutOfOrder outOfOrder)
    implements Serializable {

  public static final Policy DEFAULT = new Policy(OutOfOrder.Refuse);

  public Policy {
    outOfOrder = outOfOrder == null ? OutOfOrder.Refuse : outOfOrder;
  }

  /** A migration that comes before an applied one. */
  public enum OutOfOrder {
    /** Nothing runs. */
    Refuse,
    /** It is applied all the same. */
    Allow
  }
}
