package dev.sluice.migrations.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of a Kubernetes Secret or ConfigMap that is mounted whole: one file a key. */
public record MountedFiles(Path folder) {
  /** What Kubernetes allows as a key; so it can't lead out of the folder. */
  private static final Pattern KEY = Pattern.compile("(?!\\.\\.?$)[-._a-zA-Z0-9]{1,253}");

  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /** Names a key that isn't there, and those that are. */
  Optional<String> lacks(String key) {
    return Files.isRegularFile(folder.resolve(key))
        ? Optional.empty()
        : Optional.of("the Secret has no key \"" + key + "\"; it has " + named());
  }

  /** Many a Secret is made with {@code echo}: one newline at the end is not part of the value. */
  public String value(String key) throws IOException {
    var text = Files.readString(folder.resolve(key));
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /** Sorted; none when the folder can't be listed. */
  public List<String> keys() {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .filter(MountedFiles::isKey)
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private String named() {
    var names = String.join(", ", keys());
    if (!names.isEmpty()) {
      return names;
    }
    return Files.isDirectory(folder) ? "none" : "none: " + folder + " isn't there";
  }
}
