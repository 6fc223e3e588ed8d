package dev.sluice.migrations.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What git says of one folder, which is in a working tree. */
record Git(Path folder) {
  /** How a command of git ended. */
  private static final class Ended {
    private final int exit;
    private final byte[] out;
    private final String err;

    Ended(int exit, byte[] out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }
  }

  /** A line of {@code ls-tree} or {@code ls-files}: what is under a name. */
  private record Entry(String object, int stage, String name) {}

  Optional<String> commit(String ref) throws IOException {
    var ended = git("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}");
    return ended.exit == 0 ? Optional.of(line(ended)) : Optional.empty();
  }

  /**
   * Where both began; empty when they have nothing in common. In the middle of a rebase HEAD is on
   * the other's side.
   */
  Optional<String> mergeBase(String commit) throws IOException {
    var ended = git("merge-base", commit, commit("REBASE_HEAD").orElse("HEAD"));
    return ended.exit == 0 ? Optional.of(line(ended)) : Optional.empty();
  }

  /** Why this is no working tree of git; empty when it is. */
  Optional<String> missing() {
    try {
      var ended = git("rev-parse", "--is-inside-work-tree");
      return ended.exit == 0 ? Optional.empty() : Optional.of(ended.err.strip());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static String line(Ended ended) {
    return new String(ended.out, UTF_8).strip();
  }

  /** The folder as a commit has it; empty where that has none. */
  FileTree at(String commit) throws IOException {
    return tree(entries(ok("ls-tree", "-r", "-z", commit, "--", ".")));
  }

  /** Files that a merge left open, as one side has them: 2 is HEAD's, 3 that which comes in. */
  FileTree unmerged(int stage) throws IOException {
    var entries = entries(ok("ls-files", "--unmerged", "-z", "--", "."));
    return tree(entries.stream().filter(entry -> entry.stage() == stage).toList());
  }

  /** {@code 100644 blob OBJECT\tNAME}, or {@code 100644 OBJECT STAGE\tNAME}. */
  private static List<Entry> entries(byte[] out) {
    var entries = new ArrayList<Entry>();
    for (var line : new String(out, UTF_8).split("\0", -1)) {
      var tab = line.indexOf('\t');
      if (tab > 0) {
        var words = line.substring(0, tab).split(" ", -1);
        var isBlob = words[1].equals("blob");
        if (isBlob || !words[1].equals("commit")) {
          entries.add(
              new Entry(
                  isBlob ? words[2] : words[1],
                  isBlob ? 0 : Integer.parseInt(words[2]),
                  line.substring(tab + 1)));
        }
      }
    }
    return entries;
  }

  private FileTree tree(List<Entry> entries) throws IOException {
    var files = new TreeMap<String, byte[]>();
    if (!entries.isEmpty()) {
      var asked = new StringBuilder();
      entries.forEach(entry -> asked.append(entry.object()).append('\n'));
      var answers =
          new ByteArrayInputStream(
              ok(run(List.of("cat-file", "--batch"), asked.toString().getBytes(UTF_8))));
      for (var entry : entries) {
        files.put(entry.name(), content(answers));
      }
    }
    return new FileTree(files);
  }

  /** {@code OBJECT blob SIZE}, and so many bytes between two line ends. */
  private static byte[] content(InputStream answers) throws IOException {
    var head = new StringBuilder();
    for (var sign = answers.read(); sign >= 0 && sign != '\n'; sign = answers.read()) {
      head.append((char) sign);
    }
    var words = head.toString().split(" ", -1);
    if (words.length != 3) {
      throw new IOException("git has no " + head);
    }
    var content = answers.readNBytes(Integer.parseInt(words[2]));
    answers.skipNBytes(1);
    return content;
  }

  private byte[] ok(String... arguments) throws IOException {
    return ok(git(arguments));
  }

  private static byte[] ok(Ended ended) throws IOException {
    if (ended.exit != 0) {
      throw new IOException("git: " + ended.err.strip());
    }
    return ended.out;
  }

  private Ended git(String... arguments) throws IOException {
    return run(Arrays.asList(arguments), new byte[0]);
  }

  private Ended run(List<String> arguments, byte[] in) throws IOException {
    var command = new ArrayList<>(List.of("git", "--no-optional-locks"));
    command.addAll(arguments);
    var errors = Files.createTempFile("sluice-git-", ".err");
    var input = Files.write(Files.createTempFile("sluice-git-", ".in"), in);
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(input.toFile())
              .redirectError(errors.toFile());
      builder.environment().put("LC_ALL", "C");
      var process = builder.start();
      var out = new ByteArrayOutputStream();
      process.getInputStream().transferTo(out);
      return new Ended(process.waitFor(), out.toByteArray(), Files.readString(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } finally {
      Files.deleteIfExists(errors);
      Files.deleteIfExists(input);
    }
  }
}
