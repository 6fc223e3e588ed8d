package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretTest {
  @TempDir Path folder;
  private MountedSecret secret;

  @BeforeEach
  void aSecret() throws IOException {
    Files.writeString(folder.resolve("username"), "ann");
    Files.writeString(folder.resolve("password"), "pass word");
    secret = new MountedSecret(folder, "username", "password");
  }

  @Test
  void isReadAsItIs() {
    assertThat(secret.read()).isEqualTo(new Reading.Found(Credentials.login("ann", "pass word")));
  }

  @Test
  void losesOneNewlineAtTheEnd() throws IOException {
    Files.writeString(
        folder.resolve("password"),
        """
        x

        """);
    assertThat(secret.read()).isEqualTo(new Reading.Found(Credentials.login("ann", "x\n")));
  }

  @Test
  void namesTheMissingKeyAndThoseThatAreThere() throws IOException {
    Files.delete(folder.resolve("password"));
    Files.writeString(folder.resolve("PASSWORD"), "canary");
    assertThat(secret.read())
        .isEqualTo(
            new Reading.KeyMissing(
                "the Secret has no key \"password\"; it has PASSWORD, username"));
  }
}
