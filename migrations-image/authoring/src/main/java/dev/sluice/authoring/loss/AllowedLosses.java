package dev.sluice.authoring.loss;

import dev.sluice.authoring.catalog.ObjectName;
import java.util.List;

/** What somebody said may be lost: names, or {@code *} for anything. */
public record AllowedLosses(List<String> names) {
  private static final String ANY = "*";

  public AllowedLosses {
    names = List.copyOf(names);
  }

  public boolean allows(Loss loss) {
    return names.stream().anyMatch(name -> name.equals(ANY) || loss.object().isCalled(name));
  }

  /** The option that allows it, as it is typed in a shell. */
  public static String option(ObjectName object) {
    var name = object.toString();
    return "--allow-loss "
        + (name.matches("[A-Za-z0-9_.]+") ? name : "'" + name.replace("'", "'\\''") + "'");
  }
}
