package dev.sluice.migrations.wait;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  private static ApiAnswer of(int code, String body) throws IOException {
    return of(code, body, null);
  }

  private static ApiAnswer of(int code, String body, @Nullable String retryAfter)
      throws IOException {
    return Refusals.of(new Answered(code, body.replace('\'', '"'), retryAfter), "shop");
  }

  @Test
  void aForbiddenOneHasTheWordsOfTheServer() throws IOException {
    assertThat(of(403, "{'message': 'may not'}")).isEqualTo(new ApiAnswer.Forbidden("may not"));
    assertThat(of(403, "<html>")).isEqualTo(new ApiAnswer.Forbidden(""));
  }

  @Test
  void notFoundIsTheMigrationOnlyWhenTheServerKnowsItsName() throws IOException {
    assertThat(of(404, "{'details': {'name': 'shop'}}")).isEqualTo(new ApiAnswer.Missing());
    assertThat(of(404, "{'details': {}}")).isEqualTo(new ApiAnswer.NoSuchKind());
    assertThat(of(404, "404 page not found")).isEqualTo(new ApiAnswer.NoSuchKind());
  }

  @Test
  void aTokenThatIsRefusedIsNamed() throws IOException {
    assertThat(of(401, "{}"))
        .isEqualTo(ApiAnswer.Failed.of("refuses the token of the pod's service account (401)"));
  }

  @Test
  void anyOtherAnswerIsAFailure() throws IOException {
    assertThat(of(500, "")).isEqualTo(ApiAnswer.Failed.of("answers 500"));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "3600, 60", "-5, 0", "soon, 0"})
  void aServerMayAskForAPauseOfAMinuteAtMost(String asked, long seconds) throws IOException {
    assertThat(of(429, "", asked))
        .isEqualTo(
            new ApiAnswer.Failed("answers 429 (too many requests)", Duration.ofSeconds(seconds)));
  }

  /** A connection whose answer is there. */
  private static final class Answered extends HttpURLConnection {
    private final int code;
    private final String body;
    private final @Nullable String retryAfter;

    Answered(int code, String body, @Nullable String retryAfter) throws IOException {
      super(URI.create("https://localhost").toURL());
      this.code = code;
      this.body = body;
      this.retryAfter = retryAfter;
    }

    @Override
    public int getResponseCode() {
      return code;
    }

    @Override
    public InputStream getErrorStream() {
      return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    @Override
    public @Nullable String getHeaderField(String name) {
      return name.equals("Retry-After") ? retryAfter : null;
    }

    @Override
    public void connect() {}

    @Override
    public void disconnect() {}

    @Override
    public boolean usingProxy() {
      return false;
    }
  }
}
