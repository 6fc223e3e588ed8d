package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Reasons;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
  @Test
  void theReferenceTellsEveryReason() throws IOException {
    var reference = Files.readString(Path.of("../docs/reference.md"));
    assertThat(
            Arrays.stream(Reasons.class.getFields())
                .filter(f -> Modifier.isStatic(f.getModifiers())))
        .isNotEmpty()
        .allSatisfy(reason -> assertThat(reference).contains("`" + reason.get(null) + "`"));
  }
}
