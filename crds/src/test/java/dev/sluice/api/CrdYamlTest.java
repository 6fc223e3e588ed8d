package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CrdYamlTest {
  private static final Path COMMITTED = Path.of("databasemigrations.sluice.dev.yaml");

  @Test
  void committedYamlIsWhatTheRecordsGenerate() throws IOException {
    assertThat(Files.readString(COMMITTED))
        .as("the CRD differs from the records; mend with: mvn -pl crds test-compile exec:exec@crd")
        .isEqualTo(CrdYaml.text());
  }

  @Test
  void everyFieldIsDescribed() {
    var fields = CrdYaml.text().lines().filter(line -> line.strip().startsWith("type:")).count();
    var descriptions =
        CrdYaml.text().lines().filter(line -> line.strip().startsWith("description:")).count();
    assertThat(descriptions).isGreaterThan(fields / 2);
  }

  @Test
  void clientSideApplyHasRoomForIt() throws IOException {
    assertThat(Files.size(COMMITTED)).isLessThan(100_000);
  }
}
