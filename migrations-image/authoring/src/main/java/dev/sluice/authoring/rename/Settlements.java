package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was said before anything was asked.
 *
 * @param sayings by the command line and a file of answers
 * @param hints beside the lines of the schema
 * @param dropped names of what may be lost, and so has no other name
 */
public record Settlements(List<Saying> sayings, List<SchemaHint> hints, List<String> dropped) {

  /** What is called {@code from} is called {@code to}; empty: it is gone. */
  public record Saying(String from, String to) {
    private boolean isAbout(Rename rename) {
      return rename.from().isCalled(from)
          && (rename.to().isCalled(to) || rename.to().last().equals(to));
    }
  }

  public Settlements {
    sayings = List.copyOf(sayings);
    hints = List.copyOf(hints);
    dropped = List.copyOf(dropped);
  }

  boolean isRenamed(Rename rename) {
    return sayings.stream().anyMatch(saying -> saying.isAbout(rename))
        || hints.stream().anyMatch(hint -> hint.isAbout(rename));
  }

  /** Somebody said that it has no other name. */
  boolean isDropped(ObjectName gone) {
    return dropped.stream().anyMatch(gone::isCalled)
        || sayings.stream()
            .anyMatch(saying -> saying.to().isEmpty() && gone.isCalled(saying.from()));
  }

  /** Those that speak of nothing there is; a mistake in their names, most likely. */
  List<Saying> unused(List<Rename> possible, Set<ObjectName> gone) {
    var unused = new ArrayList<Saying>();
    for (var saying : sayings) {
      var used =
          saying.to().isEmpty()
              ? gone.stream().anyMatch(name -> name.isCalled(saying.from()))
              : possible.stream().anyMatch(saying::isAbout);
      if (!used) {
        unused.add(saying);
      }
    }
    return unused;
  }

  /** {@code old=new}; {@code old=} says that it is gone. */
  public static Optional<Saying> saying(String words) {
    var at = words.indexOf('=');
    return at <= 0
        ? Optional.empty()
        : Optional.of(new Saying(words.substring(0, at).strip(), words.substring(at + 1).strip()));
  }
}
