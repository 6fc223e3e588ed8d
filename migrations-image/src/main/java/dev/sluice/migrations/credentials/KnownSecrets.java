package dev.sluice.migrations.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** All secrets that this process was given so far; none of them may leave it. */
public final class KnownSecrets {
  /** What a variable or a key of a Secret is called that holds one. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|KEY|CREDENTIALS?|UR[IL]|DSN)");

  /** Variables of this program that name a key, a file or an endpoint. */
  private static final Pattern NO_SECRET =
      Pattern.compile("SLUICE_.*|PGSSLKEY|AWS_ENDPOINT_URL|AWS_.*_(FILE|ID|URI)");

  private final Set<String> values = ConcurrentHashMap.newKeySet();

  public static KnownSecrets of(Map<String, String> environment) {
    var known = new KnownSecrets();
    environment.forEach((name, value) -> {
      if (SECRET.matcher(name).matches() && !NO_SECRET.matcher(name).matches()) {
        known.add(value);
      }
    });
    return known;
  }

  public Set<String> values() {
    return Set.copyOf(values);
  }

  /** The same source; what it reads is known from then on. */
  public CredentialSource of(CredentialSource source, Optional<Path> mounted) {
    return () -> {
      mounted.ifPresent(folder -> addAll(new MountedFiles(folder)));
      var reading = source.read();
      if (reading instanceof CredentialSource.Reading.Found(var login)
          && !isPublic(login, login.password())) {
        add(login.password());
      }
      return reading;
    };
  }

  /** A mask in the place of a name would say that the password is the same. */
  private static boolean isPublic(Credentials login, String password) {
    return password.equalsIgnoreCase(login.username())
        || password.equalsIgnoreCase(login.host())
        || password.equalsIgnoreCase(login.database());
  }

  private void addAll(MountedFiles files) {
    for (var key : files.keys()) {
      var withoutEnd = key.replaceFirst("\\.[a-z]+$", "");
      if (SECRET.matcher(key).matches() || SECRET.matcher(withoutEnd).matches()) {
        try {
          add(files.value(key));
        } catch (IOException _) {
          // what can't be read can't get out
        }
      }
    }
  }

  private void add(String value) {
    if (!value.isBlank()) {
      values.add(value);
    }
  }
}
