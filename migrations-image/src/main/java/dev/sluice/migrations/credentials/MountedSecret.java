package dev.sluice.migrations.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Kubernetes Secret, mounted whole: one file a key. */
public record MountedSecret(Path folder, String usernameKey, String passwordKey)
    implements CredentialSource {
  /** What Kubernetes allows as a key; so it can't lead out of the folder. */
  private static final Pattern KEY = Pattern.compile("(?!\\.\\.?$)[-._a-zA-Z0-9]{1,253}");

  public static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  public MountedSecret {
    if (!isKey(usernameKey) || !isKey(passwordKey)) {
      throw new IllegalArgumentException("not a key of a Secret");
    }
  }

  @Override
  public Reading read() {
    for (var key : new String[] {usernameKey, passwordKey}) {
      if (!Files.isRegularFile(folder.resolve(key))) {
        return new Reading.KeyMissing("the Secret has no key \"" + key + "\"; it has " + keys());
      }
    }
    try {
      return new Reading.Found(Credentials.login(value(usernameKey), value(passwordKey)));
    } catch (IOException e) {
      return new Reading.Invalid("the Secret can't be read: " + e.getClass().getSimpleName());
    }
  }

  /** Many a Secret is made with {@code echo}: one newline at the end is not part of the value. */
  private String value(String key) throws IOException {
    var text = Files.readString(folder.resolve(key));
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private String keys() {
    try (var files = Files.list(folder)) {
      var names =
          files
              .filter(Files::isRegularFile)
              .map(f -> f.getFileName().toString())
              .filter(MountedSecret::isKey)
              .sorted()
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "none" : names;
    } catch (IOException _) {
      return "none: " + folder + " isn't there";
    }
  }
}
