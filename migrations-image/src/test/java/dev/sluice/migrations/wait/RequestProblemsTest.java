package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestProblemsTest {
  static Stream<Arguments> eachFailureIsToldInItsOwnWords() {
    return Stream.of(
        Arguments.of(new SocketTimeoutException("x"), "doesn't answer in time"),
        Arguments.of(new UnknownHostException("api"), "isn't found under its name api"),
        Arguments.of(new SSLHandshakeException("no path"), "isn't trusted: no path"),
        Arguments.of(
            new NoSuchFileException("/token"),
            "can't be asked, a file of the account is away: /token"),
        Arguments.of(new ConnectException("refused"), "can't be reached: refused"));
  }

  @ParameterizedTest
  @MethodSource
  void eachFailureIsToldInItsOwnWords(IOException thrown, String words) {
    assertThat(RequestProblems.tell(thrown)).isEqualTo(words);
  }
}
