package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Files of a folder that are to be written, replaced or deleted, by their names below it.
 *
 * @param written name and text, in the order in which they are put in place
 * @param deleted after those are there
 * @param migrations the new ones, by the names that the folder's tool knows them by
 */
public record FolderEdit(
    SequencedMap<String, String> written, List<String> deleted, List<String> migrations) {
  public FolderEdit {
    written = new LinkedHashMap<>(written);
    deleted = List.copyOf(deleted);
    migrations = List.copyOf(migrations);
  }

  /** With one more file, put in place before the last of them. */
  public FolderEdit with(String name, String text) {
    var names = new ArrayList<>(written.sequencedKeySet());
    var all = new LinkedHashMap<String, String>();
    for (var known : names) {
      if (known.equals(names.getLast())) {
        all.put(name, text);
      }
      all.put(known, written.getOrDefault(known, ""));
    }
    return new FolderEdit(all, deleted, migrations);
  }

  /** In a copy of the folder that nobody else knows. */
  public void onCopy(Path folder) throws IOException {
    for (Map.Entry<String, String> file : written.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue(), UTF_8);
    }
    for (var name : deleted) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }
}
