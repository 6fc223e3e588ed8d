package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds that a secret would get into a program's arguments by way of the user's variables; the
 * schema refuses the password itself there, and can't follow it farther.
 */
public final class SecretInArguments {
  private SecretInArguments() {}

  public static Optional<String> problem(DatabaseMigrationSpec spec) {
    var secret = secrets(spec);
    return Stream.concat(spec.command().stream(), spec.args().stream())
        .flatMap(word -> secret.stream().filter(name -> refers(word, name)))
        .findFirst()
        .map(name ->
            "spec.command or spec.args refers to "
                + name
                + " of spec.pod.env, which holds a secret, and everybody on the node sees a"
                + " program's arguments: let the tool read the variable");
  }

  private static Set<String> secrets(DatabaseMigrationSpec spec) {
    var names = new HashSet<>(Set.of("PGPASSWORD"));
    for (var variable : spec.pod().env()) {
      var value = variable.value();
      var from = variable.valueFrom();
      if ((from != null && from.secretKeyRef() != null)
          || (value != null && names.stream().anyMatch(name -> refers(value, name)))) {
        names.add(variable.name());
      }
    }
    return names;
  }

  private static boolean refers(String text, String name) {
    return text.contains("$(" + name + ")");
  }
}
