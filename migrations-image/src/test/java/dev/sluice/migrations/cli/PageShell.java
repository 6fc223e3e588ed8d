package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as somebody would who reads them, with {@code sluice} on the path. */
record PageShell(Path programs, Path folder, Map<String, String> environment) {
  /** What was printed, and how it ended. */
  record Ended(int exit, String output) {}

  static PageShell in(Path programs, Path folder, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(programs);
    var sluice = Files.writeString(programs.resolve("sluice"), program());
    assertThat(sluice.toFile().setExecutable(true)).isTrue();
    return new PageShell(programs, folder, environment);
  }

  Ended run(String commands) throws IOException, InterruptedException {
    var output = Files.createTempFile(programs, "out", "");
    var shell =
        new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", commands)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    shell.environment().putAll(environment);
    shell.environment().merge("PATH", "", (path, _) -> programs + ":" + path);
    var process = shell.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(commands).isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private static String program() {
    return """
    #!/bin/sh
    export SLUICE_POSTGRES_HOME='%s'
    exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.sluice.migrations.cli.Main "$@"
    """
        .formatted(
            Path.of("target/postgres").toAbsolutePath(),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"));
  }
}
