package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Comes last: what the other tests made the operator ask of the API server is what the chart
 * grants, since a right that nobody uses is a present to whoever takes the pod over.
 */
@Isolated("those come after all others")
@Order(Integer.MAX_VALUE)
final class RightsIT {
  private static final Path GRANTED = Path.of("../deploy/src/test/resources/operator-verbs.txt");

  @Test
  void theOperatorUsesWhatItIsGrantedAndNothingElse() throws IOException {
    assumeFalse(VerbRecorder.USED.all().isEmpty(), "no other test ran before this one");
    var used = new TreeSet<>(VerbRecorder.USED.all());
    used.remove("authorization.k8s.io selfsubjectrulesreviews create"); // every account may
    assertThat(used).isEqualTo(granted());
  }

  private static Set<String> granted() throws IOException {
    try (var lines = Files.lines(GRANTED)) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .flatMap(RightsIT::verbs)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** {@code watched batch/jobs create get}. */
  private static Stream<String> verbs(String line) {
    var words = Arrays.asList(line.trim().split(" +", -1));
    var resource = words.get(1).replaceFirst("/", " ").replaceFirst("^core ", " ");
    return words.stream().skip(2).map(verb -> resource + " " + verb);
  }
}
