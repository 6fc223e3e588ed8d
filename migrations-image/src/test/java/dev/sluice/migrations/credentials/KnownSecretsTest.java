package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSecretsTest {
  @Test
  void areVariablesThatAreCalledSo() {
    var known =
        KnownSecrets.of(
            Map.of(
                "PGPASSWORD", "one",
                "AWS_SECRET_ACCESS_KEY", "two",
                "AWS_SESSION_TOKEN", "three",
                "LICENSE_KEY", "four",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token",
                "SLUICE_PASSWORD_KEY", "password",
                "PGSSLKEY", "/var/run/key",
                "PWD", "/home/ann/shop"),
            () -> Set.of("five"));
    assertThat(known.values()).containsExactlyInAnyOrder("one", "two", "three", "four", "five");
  }

  @Test
  void areThePasswordsThatWereRead() {
    var known = KnownSecrets.of(Map.of(), Set::of);
    var passwords = new String[] {"first", "second"};
    var reads = new int[1];
    var source =
        known.of(
            () -> new Reading.Found(Credentials.login("ann", passwords[reads[0]++])),
            Optional.empty());
    var _ = source.read();
    var _ = source.read();
    assertThat(known.values()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void areTheOtherKeysOfTheSecretThatAreCalledSo(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("username"), "ann");
    Files.writeString(folder.resolve("password"), "one\n");
    Files.writeString(folder.resolve("uri"), "postgres://u:pa?ss@h/d");
    Files.writeString(folder.resolve("api-token.txt"), "three");
    Files.writeString(folder.resolve("host"), "db");
    var known = KnownSecrets.of(Map.of(), Set::of);
    var _ = known.of(new MountedUrl(folder, "uri"), Optional.of(folder)).read();
    assertThat(known.values()).containsExactlyInAnyOrder("one", "postgres://u:pa?ss@h/d", "three");
  }

  @Test
  void areNotWhatIsANameAsWell(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("username"), "app");
    Files.writeString(folder.resolve("password"), "APP");
    var known = KnownSecrets.of(Map.of("PGUSER", "postgres", "PGPASSWORD", "postgres"), Set::of);
    var _ = known.of(new MountedSecret(folder, "username", "password"), Optional.of(folder)).read();
    assertThat(known.values()).isEmpty();
  }
}
