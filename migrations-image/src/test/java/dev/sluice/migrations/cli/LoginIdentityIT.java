package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.FakeAws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container {@code login} before another tool, in a pod with an identity of AWS. */
class LoginIdentityIT {
  @TempDir Path login;
  @TempDir Path pod;
  private FakeAws aws;

  @BeforeEach
  void aTokenOfTheServiceAccount() throws Exception {
    aws = new FakeAws();
    Files.writeString(pod.resolve("token"), "token-of-the-pod");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aTokenOfIamIsHandedOverAsThePassword() throws Exception {
    var output = ran(0, Map.of());

    assertThat(aws.requests()).singleElement().asString().contains("token-of-the-pod");
    var told =
        inTheShell(
            "printf '%s\\n' \"$@\" \"$PGUSER\" \"$PGSSLMODE\" \"$FLYWAY_USER\" \"$PGPASSWORD\"");
    assertThat(told)
        .startsWith("flyway", "-url=jdbc://db.example:5432/shop", "ann", "verify-full", "ann");
    assertThat(told.getLast())
        .startsWith("db.example:5432/?Action=connect&DBUser=ann&")
        .contains("X-Amz-Credential=" + FakeAws.OF_STS, "X-Amz-Expires=900");
    assertThat(output).doesNotContain("X-Amz", "token-of-the-pod");
    assertThat(login.resolve("password")).hasContent(told.getLast());
  }

  /** The token would go to whoever answers. */
  @Test
  void aServerThatIsNotVerifiedGetsNone() throws Exception {
    assertThat(ran(40, Map.of("PGSSLMODE", "require"))).contains("PGSSLMODE must be verify-full");
    assertThat(login.resolve("env")).doesNotExist();
    assertThat(aws.requests()).isEmpty();
  }

  private String ran(int exit, Map<String, String> other) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.migrations.cli.Main",
            "login",
            "--",
            "flyway",
            "-url=jdbc://$(PGHOST):$(PGPORT)/$(PGDATABASE)");
    builder
        .environment()
        .putAll(
            Map.of(
                "PGHOST", "db.example",
                "PGDATABASE", "shop",
                "PGSSLMODE", "verify-full",
                "SLUICE_RDS_IAM_USER", "ann",
                "AWS_REGION", "eu-west-1",
                "SLUICE_LOGIN", login.toString(),
                "SLUICE_LOGIN_ENV", "FLYWAY_USER",
                "FLYWAY_USER", "$(PGUSER)"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/shop-migrations",
                "AWS_WEB_IDENTITY_TOKEN_FILE", pod.resolve("token").toString(),
                "AWS_ENDPOINT_URL_STS", aws.address().toString(),
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_SHARED_CREDENTIALS_FILE", "/none",
                "AWS_CONFIG_FILE", "/none"));
    builder.environment().putAll(other);
    var process = builder.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exit);
    return output;
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
