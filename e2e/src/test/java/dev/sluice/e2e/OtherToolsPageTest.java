package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OtherToolsPageTest {
  @Test
  void itsDrizzleConfigIsTheOneThatIsTried() throws IOException {
    assertThat(Files.readString(Path.of("../docs/other-tools.md")))
        .contains(
            "```ts\n" + Files.readString(Path.of("tools/drizzle-kit/drizzle.config.ts")) + "```");
  }
}
