package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds that a secret would get into a program's arguments by way of the user's variables; the
 * schema refuses the password itself there, and can't follow it farther.
 */
public final class SecretInArguments {
  /** Of a Secret whose user name is none. */
  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i)(password|passwd|pwd|secret|token|url|uri)$");

  private SecretInArguments() {}

  public static Optional<String> problem(DatabaseMigrationSpec spec) {
    var secret = secrets(spec);
    return passwordAsUser(spec).or(() -> inWords(spec, secret));
  }

  /** Of a user name nobody expects that it is a secret. */
  private static Optional<String> passwordAsUser(DatabaseMigrationSpec spec) {
    var from = spec.database().credentials().secret();
    return from != null
            && from.usernameKey() != null
            && from.usernameKey().equals(from.passwordKey())
        ? Optional.of(
            "spec.database.credentials.secret.usernameKey is the key of the password: name the key"
                + " that holds the user name")
        : Optional.empty();
  }

  private static Optional<String> inWords(DatabaseMigrationSpec spec, Set<String> secret) {
    return Stream.concat(spec.command().stream(), spec.args().stream())
        .flatMap(word -> secret.stream().filter(name -> refers(word, name)))
        .findFirst()
        .map(name ->
            "spec.command or spec.args refers to "
                + name
                + (name.startsWith("PG") ? "" : " of spec.pod.env")
                + ", which holds a secret, and everybody on the node sees a program's arguments:"
                + " let the tool read the variable");
  }

  private static Set<String> secrets(DatabaseMigrationSpec spec) {
    var names = new HashSet<>(Set.of("PGPASSWORD"));
    var from = spec.database().credentials().secret();
    if (from != null
        && from.usernameKey() != null
        && SECRET_KEY.matcher(from.usernameKey()).find()) {
      names.add("PGUSER");
    }
    for (var variable : spec.pod().env()) {
      var value = variable.value();
      var source = variable.valueFrom();
      if ((source != null && source.secretKeyRef() != null)
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
