package dev.sluice.migrations.credentials;

import java.io.IOException;
import java.nio.file.Path;

/** User and password in a Kubernetes Secret, each under a key of its own. */
public record MountedSecret(Path folder, String usernameKey, String passwordKey)
    implements CredentialSource {

  public static boolean isKey(String key) {
    return MountedFiles.isKey(key);
  }

  public MountedSecret {
    if (!isKey(usernameKey) || !isKey(passwordKey)) {
      throw new IllegalArgumentException("not a key of a Secret");
    }
  }

  @Override
  public Reading read() {
    var files = new MountedFiles(folder);
    for (var key : new String[] {usernameKey, passwordKey}) {
      var missing = files.lacks(key);
      if (missing.isPresent()) {
        return new Reading.KeyMissing(missing.get());
      }
    }
    try {
      var login = Credentials.login(files.value(usernameKey), files.value(passwordKey));
      return new Reading.Found(login);
    } catch (IOException e) {
      return new Reading.Invalid("the Secret can't be read: " + e.getClass().getSimpleName());
    }
  }
}
