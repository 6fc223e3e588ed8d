package dev.sluice.migrations.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that the kubelet copies into the pod's status. */
public record TerminationLog(Path path) {
  public static final TerminationLog OF_THE_POD =
      new TerminationLog(Path.of("/dev/termination-log"));

  /** Outside a pod there is no such file: then nothing is written, and that is no failure. */
  public void write(Report report) {
    if (!Files.isWritable(path)) {
      return;
    }
    try {
      Files.write(path, ReportJson.bytes(report));
    } catch (IOException _) {
      // the exit code says the outcome too
    }
  }
}
