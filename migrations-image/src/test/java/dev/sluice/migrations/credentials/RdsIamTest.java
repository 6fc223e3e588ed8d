package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RdsIamTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final RdsIam iam = new RdsIam("db.example", 5432, "migrator", "eu-west-1", now::get);

  @BeforeEach
  void aKey() {
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", "canary");
  }

  @AfterEach
  void noKey() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private Credentials read() {
    return iam.read() instanceof Reading.Found(var credentials)
        ? credentials
        : Credentials.login("", "");
  }

  @Test
  void signsATokenForEachConnection() {
    var first = read();
    assertThat(first.username()).isEqualTo("migrator");
    assertThat(first.password())
        .startsWith("db.example:5432/?Action=connect&DBUser=migrator&")
        .contains("X-Amz-Date=20260102T030405Z", "X-Amz-Expires=900")
        .doesNotContain("canary");

    now.set(Instant.parse("2026-01-02T04:00:00Z"));
    assertThat(read().password()).contains("X-Amz-Date=20260102T040000Z");
  }

  @Test
  void neverShowsTheKey() {
    assertThat(new RdsToken.Key("id", "canary", "canary").toString()).doesNotContain("canary");
    assertThat(iam.read().toString()).doesNotContain("X-Amz");
  }
}
