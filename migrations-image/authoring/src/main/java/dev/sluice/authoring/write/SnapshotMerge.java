package dev.sluice.authoring.write;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What two branches made of one snapshot, as one. */
final class SnapshotMerge {
  /** Both changed the same; the message is where. */
  static final class ConflictException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    ConflictException(String where) {
      super(where);
    }
  }

  private SnapshotMerge() {}

  /** With all that {@code mine} changed of {@code base}, and all that {@code theirs} did. */
  static Map<String, @Nullable Object> of(Map<?, ?> base, Map<?, ?> theirs, Map<?, ?> mine)
      throws ConflictException {
    return merged("", base, theirs, mine);
  }

  private static Map<String, @Nullable Object> merged(
      String at, Map<?, ?> base, Map<?, ?> theirs, Map<?, ?> mine) throws ConflictException {
    var names = new LinkedHashSet<Object>(theirs.keySet());
    names.addAll(mine.keySet());
    var merged = new LinkedHashMap<String, @Nullable Object>();
    for (var name : names) {
      var where = at.isEmpty() ? String.valueOf(name) : at + " > " + name;
      var began = base.get(name);
      var other = theirs.get(name);
      var own = mine.get(name);
      var isOwn = Objects.equals(began, other);
      if (isOwn || Objects.equals(began, own) || Objects.equals(other, own)) {
        var there = isOwn ? mine : theirs;
        if (there.containsKey(name)) {
          merged.put(String.valueOf(name), there.get(name));
        }
      } else if (other instanceof Map<?, ?> one && own instanceof Map<?, ?> two) {
        merged.put(
            String.valueOf(name),
            merged(where, began instanceof Map<?, ?> both ? both : Map.of(), one, two));
      } else {
        throw new ConflictException(where);
      }
    }
    return merged;
  }
}
