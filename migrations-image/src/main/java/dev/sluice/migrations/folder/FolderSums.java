package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes {@code sluice.sum} for a folder: a line for each of its SQL files. */
public final class FolderSums {
  private FolderSums() {}

  /** What came of it. */
  public sealed interface Result {
    /**
     * {@code file} has a line for each of {@code files}; the lists are what differs from before.
     */
    record Written(
        String file, int files, List<String> added, List<String> changed, List<String> removed)
        implements Result {}

    record Refused(String message, String hint) implements Result {}
  }

  /** {@code path} is relative to the root. The old file stays until the new one is whole. */
  public static Result write(Path root, String path) {
    try {
      var files = FolderFiles.below(root, path, Folder.prefix(path));
      var listing =
          FolderContents.of(Layout.of(List.of(files)), List.of(files), Placeholders.of(Map.of()));
      var sums = new TreeMap<String, String>();
      for (var name : SumFile.names(files, listing)) {
        sums.put(name, files.sha256(name));
      }
      var before = files.has(SumFile.NAME) ? SumFile.read(files) : Map.<String, String>of();
      var lines = new StringBuilder();
      sums.forEach((name, sum) -> lines.append(name).append(" sha256:").append(sum).append('\n'));
      var target = root.resolve(path).resolve(SumFile.NAME);
      var whole = target.resolveSibling(SumFile.NAME + ".new");
      Files.writeString(whole, lines, UTF_8);
      Files.move(whole, target, ATOMIC_MOVE);
      return new Result.Written(
          files.prefix() + SumFile.NAME,
          sums.size(),
          sums.keySet().stream().filter(name -> !before.containsKey(name)).toList(),
          sums.keySet().stream()
              .filter(name ->
                  before.containsKey(name) && !Objects.equals(before.get(name), sums.get(name)))
              .toList(),
          before.keySet().stream().filter(name -> !sums.containsKey(name)).toList());
    } catch (FolderRefusedException e) {
      return new Result.Refused(Objects.requireNonNull(e.getMessage()), e.hint());
    } catch (IOException e) {
      return new Result.Refused(
          path + " can't be read or written: " + e.getClass().getSimpleName(), "see its rights");
    }
  }
}
