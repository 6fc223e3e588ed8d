package dev.sluice.migrations.credentials;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All secrets that this process was given so far; none of them may leave it. What is looked up for
 * that is looked up when there is something to say, and a run with nothing to do says nothing.
 */
public final class KnownSecrets {
  private static final Set<String> NAMES = Set.of("PGUSER", "PGDATABASE", "PGHOST");

  private final Map<String, String> environment;
  private final Supplier<Set<String>> others;
  private final Set<String> secrets = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private Optional<MountedFiles> unread = Optional.empty();
  private boolean environmentIsRead;

  private KnownSecrets(Map<String, String> environment, Supplier<Set<String>> others) {
    this.environment = Map.copyOf(environment);
    this.others = others;
  }

  /** {@code others}: what else is known to be secret. */
  public static KnownSecrets of(Map<String, String> environment, Supplier<Set<String>> others) {
    return new KnownSecrets(environment, others);
  }

  /** A mask in the place of a name would say that the password is the same: those are left out. */
  public synchronized Set<String> values() {
    if (!environmentIsRead) {
      environmentIsRead = true;
      readEnvironment();
    }
    unread.ifPresent(this::readAll);
    unread = Optional.empty();
    return secrets.stream()
        .filter(secret -> !names.contains(secret.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same source; what it reads is known from then on. */
  public CredentialSource of(CredentialSource source, Optional<Path> mounted) {
    return () -> {
      var reading = source.read();
      heard(reading, mounted.map(MountedFiles::new));
      return reading;
    };
  }

  private synchronized void heard(Reading reading, Optional<MountedFiles> files) {
    unread = files;
    if (reading instanceof Reading.Found(var login)) {
      secrets.add(login.password());
      Stream.of(login.username(), login.host(), login.database()).forEach(this::addName);
    }
  }

  private void addName(@Nullable String name) {
    if (name != null) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
  }

  private void readEnvironment() {
    NAMES.forEach(name -> addName(environment.get(name)));
    secrets.addAll(others.get());
    environment.forEach((name, value) -> {
      if (SecretNames.isVariable(name)) {
        secrets.add(value);
      }
    });
  }

  private void readAll(MountedFiles files) {
    for (var key : files.keys()) {
      if (SecretNames.isKey(key)) {
        try {
          secrets.add(files.value(key));
        } catch (IOException _) {
          // what can't be read can't get out
        }
      }
    }
  }
}
