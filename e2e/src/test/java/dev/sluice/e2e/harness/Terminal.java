package dev.sluice.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a folder of its own, with kubectl and other programs at hand, in which a site's
 * namespace is the current one.
 */
public final class Terminal implements AutoCloseable {

  private static final long MINUTES = 4;

  private final Path folder;

  private Terminal(Path folder) {
    this.folder = folder;
  }

  /** How a script ended, and what it said. */
  public record Ended(int exit, String output) {
    /** What it said; that it failed fails the test. */
    public String succeeded() {
      if (exit != 0) {
        throw new AssertionError("ended with %d:%n%s".formatted(exit, output));
      }
      return output;
    }
  }

  /** A script that goes on. */
  public static final class Running {
    private final Process process;
    private final Path output;

    private Running(Process process, Path output) {
      this.process = process;
      this.output = output;
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** Waits for its end. */
    public Ended end() {
      try {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError("no end in sight:\n" + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a script ran", e);
      }
    }
  }

  /** With programs of {@code e2e/cluster/build}, by the names under which they are typed. */
  static Terminal open(
      Repository repository, Path kubeconfig, String namespace, Map<String, String> programs) {
    var folder = repository.scratch();
    var built = Path.of(repository.script("e2e/cluster/build", List.of("kubernetes")).getFirst());
    try {
      var bin = Files.createDirectory(folder.resolve("bin"));
      Files.createSymbolicLink(bin.resolve("kubectl"), built.resolve("kubectl"));
      for (var program : programs.entrySet()) {
        Files.createSymbolicLink(bin.resolve(program.getKey()), built.resolve(program.getValue()));
      }
      Files.copy(kubeconfig, folder.resolve("kubeconfig"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var terminal = new Terminal(folder);
    terminal.run("kubectl config set-context --current --namespace=" + namespace).succeeded();
    return terminal;
  }

  public Path folder() {
    return folder;
  }

  /** Puts a file into its folder. */
  public void write(String file, String content) {
    try {
      var path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs bash lines to their end; the first that fails ends them. */
  public Ended run(String script) {
    return start(script).end();
  }

  public Running start(String script) {
    try {
      var output = Files.createTempFile(folder, "output", ".txt");
      var builder =
          new ProcessBuilder("bash", "-ec", script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile());
      var environment = builder.environment();
      List.of("KUBECACHEDIR", "HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")
          .forEach(cache -> environment.put(cache, folder.resolve("cache").toString()));
      environment.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
      environment.merge("PATH", "", (path, _) -> folder.resolve("bin") + ":" + path);
      return new Running(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Repository.delete(folder);
  }
}
