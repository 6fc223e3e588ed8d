package dev.sluice.migrations.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that decides what is pending, but for the database: the tree of files, path, contexts,
 * labels, parameters, and the program's version.
 */
public record Fingerprint(String ofChangelog) {
  private static final int MOST_FILES = 5_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int BUFFER = 1 << 14;

  /** Empty for a tree so large that reading the changelog itself is cheaper. */
  static Optional<Fingerprint> of(Changelog changelog, Build build) {
    try {
      var tree = new Tree(changelog.root());
      if (!tree.isComplete()) {
        return Optional.empty();
      }
      var digest = sha256();
      Stream.of(
              "1",
              build.version(),
              build.liquibase(),
              changelog.path(),
              changelog.contexts(),
              changelog.labels())
          .forEach(text -> add(digest, text.getBytes(StandardCharsets.UTF_8)));
      changelog.also().forEach(path -> add(digest, path.getBytes(StandardCharsets.UTF_8)));
      add(digest, new byte[0]);
      for (var parameter : new TreeMap<>(changelog.parameters()).entrySet()) {
        add(digest, parameter.getKey().getBytes(StandardCharsets.UTF_8));
        add(digest, parameter.getValue().getBytes(StandardCharsets.UTF_8));
      }
      add(digest, new byte[0]);
      for (var file : tree.files.entrySet()) {
        add(digest, file.getKey().getBytes(StandardCharsets.UTF_8));
        add(digest, file.getValue());
      }
      return Optional.of(new Fingerprint(HexFormat.of().formatHex(digest.digest())));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Together with the state of the ledger. */
  String with(String ledgerDigest) {
    var digest = sha256();
    add(digest, ofChangelog.getBytes(StandardCharsets.UTF_8));
    add(digest, ledgerDigest.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The length goes first, so that no two sequences look alike. */
  private static void add(MessageDigest digest, byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(part);
  }

  /** The same of a file, block by block. */
  private static void add(MessageDigest digest, Path file) throws IOException {
    digest.update((Files.size(file) + ":").getBytes(StandardCharsets.US_ASCII));
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER];
      for (var read = in.read(buffer); read > 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Regular files by their path; a mounted ConfigMap's own folders ({@code ..data}) left out. */
  private static final class Tree extends SimpleFileVisitor<Path> {
    private final TreeMap<String, Path> files = new TreeMap<>();
    private final Path root;
    private long bytes;

    Tree(Path root) throws IOException {
      this.root = root;
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 64, this);
    }

    boolean isComplete() {
      return files.size() <= MOST_FILES && bytes <= MOST_BYTES;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      var name = folder.getFileName();
      var skipped =
          !folder.equals(root)
              && name != null
              && (name.toString().startsWith("..") || name.toString().equals(".git"));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.put(root.relativize(file).toString(), file);
        bytes += attributes.size();
      }
      return isComplete() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
