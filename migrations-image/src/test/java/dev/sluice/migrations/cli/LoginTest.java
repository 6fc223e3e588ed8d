package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.credentials.FakeSecretsManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed to another tool; the tool's side is a real shell. */
final class LoginTest {
  private static final String PASSWORD = "it's \\ $(x) \"q\" :%";

  private static final int MORE_THAN_THE_SDK_TRIES = 5;

  @TempDir Path login;
  @TempDir Path secret;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aUrlInASecret() throws IOException {
    Files.writeString(
        secret.resolve("url"),
        "postgres://ann:it%27s%20%5C%20%24%28x%29%20%22q%22%20%3A%25@db.example:6432/shop");
    environment.put("SLUICE_CREDENTIALS", secret.toString());
    environment.put("SLUICE_URL_KEY", "url");
    environment.put("SLUICE_LOGIN", login.toString());
    environment.put("SLUICE_DEADLINE", "5s");
  }

  @Test
  void theShellOfTheToolReadsWhatTheUrlSays() throws Exception {
    assertThat(login()).isZero();

    assertThat(inTheShell("printf '%s\\n' \"$PGUSER\" \"$PGPASSWORD\" \"$PGHOST\" \"$PGPORT\""))
        .containsExactly("ann", PASSWORD, "db.example", "6432");
    assertThat(inTheShell("printf '%s\\n' \"$PGDATABASE\" \"$PGSSLMODE\" \"$PGPASSFILE\""))
        .containsExactly("shop", "verify-full", login.resolve("pgpass").toString());
  }

  @Test
  void commandAndArgumentsArriveAsTheyWereWithTheirReferencesExpanded() throws Exception {
    assertThat(
            login("printf", "%s\\n", "jdbc://$(PGHOST):$(PGPORT)", "it's", "", "@x", "$$(PGHOST)"))
        .isZero();

    assertThat(inTheShell("exec \"$@\""))
        .containsExactly("jdbc://db.example:6432", "it's", "", "@x", "$(PGHOST)");
  }

  @Test
  void variablesOfTheUserThatReferToTheLoginAreExpanded() throws Exception {
    environment.put("SLUICE_LOGIN_ENV", "URL TWICE");
    environment.put("URL", "$(PGUSER)@$(PGHOST)");
    environment.put("TWICE", "$(URL)/$(STAGE)");
    environment.put("STAGE", "test");
    assertThat(login()).isZero();

    assertThat(inTheShell("printf '%s\\n' \"$URL\" \"$TWICE\" \"$STAGE\""))
        .containsExactly("ann@db.example", "ann@db.example/test", "");
  }

  @Test
  void whatTheSpecSaysWinsOverTheUrl() throws Exception {
    environment.put("PGHOST", "other.example");
    assertThat(login()).isZero();

    assertThat(inTheShell("printf '%s\\n' \"$PGHOST\"")).containsExactly("other.example");
  }

  @Test
  void theFilesAreTheUsersAlone() throws Exception {
    assertThat(login()).isZero();
    assertThat(login()).as("again").isZero();

    try (var files = Files.list(login)) {
      assertThat(files.toList())
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "host", "port", "database", "user", "password", "pgpass", "env");
    }
    assertThat(Files.getPosixFilePermissions(login.resolve("pgpass")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(login.resolve("password")).hasContent(PASSWORD);
    assertThat(login.resolve("pgpass"))
        .hasContent("db.example:6432:shop:ann:it's \\\\ $(x) \"q\" \\:%");
  }

  @Test
  void anAwsSecretIsWaitedForWhileItIsThrottled() throws Exception {
    try (var aws = new FakeSecretsManager()) {
      aws.answer(400, "{\"__type\":\"ThrottlingException\"}");
      environment.remove("SLUICE_CREDENTIALS");
      environment.remove("SLUICE_URL_KEY");
      environment.put("SLUICE_AWS_SECRET_ID", "shop/db");
      environment.put("AWS_REGION", "eu-west-1");
      environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.address().toString());
      environment.put("SLUICE_DEADLINE", "2m");
      System.setProperty("aws.accessKeyId", "key");
      System.setProperty("aws.secretAccessKey", "secret");
      var login = CompletableFuture.supplyAsync(this::login);
      await()
          .atMost(ofMinutes(1))
          .failFast("it gave up", login::isDone)
          .until(() -> aws.requests().size() >= MORE_THAN_THE_SDK_TRIES);
      aws.secret(
          "{\"username\":\"ann\",\"password\":\"p\",\"host\":\"h.example\",\"dbname\":\"d\"}");

      assertThat(login.join()).isZero();
      assertThat(inTheShell("printf '%s\\n' \"$PGUSER\" \"$PGPORT\""))
          .containsExactly("ann", "5432");
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void aKeyThatTheSecretLacksIsAWrongConfiguration() {
    environment.put("SLUICE_URL_KEY", "uri");

    assertThat(login()).isEqualTo(40);
    assertThat(login.resolve("env")).doesNotExist();
  }

  private int login(String... words) {
    var arguments = new ArrayList<>(List.of("login", "--"));
    arguments.addAll(List.of(words));
    return CommandLineProgram.run(arguments.toArray(String[]::new), environment, Signals.none());
  }

  private List<String> inTheShell(String script) throws Exception {
    var builder =
        new ProcessBuilder(
            "/bin/sh", "-c", ". " + login.resolve("env") + " && " + script, "sluice");
    builder.environment().clear();
    var shell = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).isZero();
    return output.lines().toList();
  }
}
