package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitArgumentsTest {
  private static final RequiredRevision SHOP = new RequiredRevision("shop", "1.42.0");
  private static final RequiredRevision BILLING = new RequiredRevision("billing", "7");

  private static WaitArguments read(String... arguments) {
    return WaitArguments.read(List.of(arguments));
  }

  @Test
  void takesSeveralRevisions() {
    assertThat(read("shop@1.42.0", "billing@7"))
        .isEqualTo(new WaitArguments.Wait(List.of(SHOP, BILLING), null));
  }

  @Test
  void takesThemAsAnAnnotationHasThem() {
    assertThat(read("shop@1.42.0, billing@7"))
        .isEqualTo(new WaitArguments.Wait(List.of(SHOP, BILLING), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--timeout 90s shop@1.42.0", "shop@1.42.0 --timeout=90s"})
  void takesATimeoutAnywhere(String line) {
    assertThat(read(line.split(" ", -1)))
        .isEqualTo(new WaitArguments.Wait(List.of(SHOP), Duration.ofSeconds(90)));
  }

  @Test
  void zeroIsNoTimeout() {
    assertThat(read("--timeout=0s", "shop@1.42.0"))
        .isEqualTo(new WaitArguments.Wait(List.of(SHOP), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "shop@1.42.0 -h"})
  void helps(String line) {
    assertThat(read(line.split(" ", -1))).isEqualTo(new WaitArguments.Help());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop|\"shop\" stands where <migration>@<revision> is expected",
        "shop@|\"shop@\" stands where",
        "shop@1@2|\"shop@1@2\" stands where",
        "Shop@1|\"Shop@1\" stands where",
        "shop@1,|\"\" stands where",
        "other/shop@1|\"other/shop@1\" names another namespace",
        "--tmeout=5m|there is no option --tmeout=5m",
        "--timeout=soon|--timeout is no duration such as 10m: \"soon\"",
        "--timeout|--timeout is no duration such as 10m: \"\"",
        "''|say what to wait for"
      })
  void saysWhatIsWrong(String line, String problem) {
    var words = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertThat(read(words))
        .isInstanceOfSatisfying(
            WaitArguments.Faulty.class, faulty -> assertThat(faulty.problem()).startsWith(problem));
  }

  @Test
  void takesNoMoreThanTheGateDoes() {
    assertThat(WaitArguments.read(Collections.nCopies(20, "shop@1")))
        .isInstanceOf(WaitArguments.Wait.class);
    assertThat(WaitArguments.read(Collections.nCopies(21, "shop@1")))
        .isInstanceOf(WaitArguments.Faulty.class);
  }
}
