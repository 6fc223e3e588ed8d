package dev.sluice.authoring.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs commands as somebody would who reads them, with {@code sluice} on the path. */
record Program(Path programs, Path folder) {
  /** How it ended, and what it printed. */
  record Ended(int exit, String output) {}

  static Program in(Path programs, Path folder) throws IOException {
    var sluice =
        Files.writeString(
            programs.resolve("sluice"),
            """
            #!/bin/sh
            exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.sluice.authoring.Main "$@"
            """
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));
    assertThat(sluice.toFile().setExecutable(true)).isTrue();
    return new Program(programs, folder);
  }

  Ended run(String commands) throws IOException, InterruptedException {
    var output = Files.createTempFile(programs, "out", "");
    var shell =
        new ProcessBuilder("bash", "-u", "-c", commands)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    shell.environment().merge("PATH", "", (path, _) -> programs + ":" + path);
    var process = shell.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(commands).isTrue();
    return new Ended(process.exitValue(), Files.readString(output, UTF_8));
  }
}
