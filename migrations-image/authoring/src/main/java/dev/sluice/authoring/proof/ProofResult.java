package dev.sluice.authoring.proof;

import dev.sluice.authoring.diff.Difference;
import dev.sluice.authoring.loss.Loss;
import java.util.List;

/** What came of running a change on a copy. */
public sealed interface ProofResult {
  /**
   * It ran.
   *
   * @param remainder what still differs from what is wanted
   * @param dependsOnRows what fails or not by what is in the tables, a sentence each
   */
  record Ran(Difference remainder, List<Loss> losses, List<String> dependsOnRows)
      implements ProofResult {
    public Ran {
      losses = List.copyOf(losses);
      dependsOnRows = List.copyOf(dependsOnRows);
    }
  }

  /** It fails whatever is in the tables. */
  record Failed(String statement, String message, String sqlState) implements ProofResult {}
}
