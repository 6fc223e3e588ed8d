package dev.sluice.migrations.credentials;

import java.io.IOException;
import java.nio.file.Path;

/** All of a database in one URL, under one key of a Kubernetes Secret. */
public record MountedUrl(Path folder, String key) implements CredentialSource {
  public MountedUrl {
    if (!MountedFiles.isKey(key)) {
      throw new IllegalArgumentException("not a key of a Secret");
    }
  }

  /** Whether {@link #of} takes it. */
  public static boolean isFile(String path) {
    var file = Path.of(path);
    return file.isAbsolute()
        && file.getParent() != null
        && MountedFiles.isKey(file.getFileName().toString());
  }

  public static MountedUrl of(Path file) {
    return new MountedUrl(file.resolveSibling(""), file.getFileName().toString());
  }

  @Override
  public Reading read() {
    var files = new MountedFiles(folder);
    var missing = files.lacks(key);
    if (missing.isPresent()) {
      return new Reading.KeyMissing(missing.get());
    }
    try {
      return DatabaseUrl.read(files.value(key));
    } catch (IOException e) {
      return new Reading.Invalid("the Secret can't be read: " + e.getClass().getSimpleName());
    }
  }
}
