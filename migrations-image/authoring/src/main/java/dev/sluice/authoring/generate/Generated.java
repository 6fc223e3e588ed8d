package dev.sluice.authoring.generate;

import dev.sluice.authoring.loss.Loss;
import dev.sluice.authoring.rename.Question;
import dev.sluice.migrations.report.Exit;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What came of it. */
public sealed interface Generated {
  /** {@code remarks}: what differs and isn't generated. */
  record NoChange(List<String> remarks) implements Generated {
    public NoChange {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * The next migrations.
   *
   * @param changes in words
   * @param files that are new or have changed, with their texts
   * @param migrations the new ones, as the folder's tool calls them
   * @param remarks what somebody should know before they run
   * @param seen what the replay showed of each
   */
  record Migrations(
      List<String> changes,
      SequencedMap<String, String> files,
      List<String> migrations,
      List<String> remarks,
      List<String> seen,
      boolean written)
      implements Generated {
    public Migrations {
      changes = List.copyOf(changes);
      migrations = List.copyOf(migrations);
      remarks = List.copyOf(remarks);
      seen = List.copyOf(seen);
    }

    /** Those of the migrations themselves. */
    public List<Map.Entry<String, String>> sql() {
      return files.entrySet().stream().filter(file -> file.getKey().endsWith(".sql")).toList();
    }
  }

  /** Only a person knows. */
  record Open(List<Question> questions) implements Generated {
    public Open {
      questions = List.copyOf(questions);
    }
  }

  /** Data would be lost, and nobody said that it may be. */
  record Lossy(List<String> changes, List<Loss> losses) implements Generated {
    public Lossy {
      changes = List.copyOf(changes);
      losses = List.copyOf(losses);
    }
  }

  /** Nothing was written. */
  record Failed(Exit exit, String message, List<String> details, String hint) implements Generated {
    public Failed {
      details = List.copyOf(details);
    }
  }
}
