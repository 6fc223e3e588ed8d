package dev.sluice.migrations.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReasonTest {
  @Test
  void theRunContractTellsEveryReason() throws IOException {
    var contract = Files.readString(Path.of("../docs/run-contract.md"));
    assertThat(Reason.values())
        .allSatisfy(reason -> assertThat(contract).contains("| `" + reason.label() + "` |"));
  }
}
