package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.credentials.FakeAws;
import dev.sluice.migrations.credentials.FakeSecretsManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A process with the variables that EKS puts into a pod, and no key of its own. */
class AwsIdentityIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path tokens;
  private FakeAws aws;
  private FakeSecretsManager secrets;
  private final TestDatabase database = fixture.database();
  private TestRunner sluice;

  @BeforeEach
  void aSecretAndNoKey() throws Exception {
    aws = new FakeAws();
    secrets = new FakeSecretsManager();
    database.execute("grant all on schema public to public");
    secrets.secret(
        "{\"engine\":\"postgres\",\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(TestServer.SCRAM_USER, TestServer.SCRAM_PASSWORD));
    Files.writeString(tokens.resolve("token"), "token-of-the-pod");
    fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
    sluice =
        fixture
            .runner()
            .without("PGUSER")
            .without("PGPASSWORD")
            .with("SLUICE_AWS_SECRET_ID", "shop/db")
            .with("AWS_REGION", "eu-west-1")
            .with("AWS_EC2_METADATA_DISABLED", "true")
            .with("AWS_SHARED_CREDENTIALS_FILE", "/none")
            .with("AWS_CONFIG_FILE", "/none")
            .with("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.address().toString());
  }

  @AfterEach
  void stop() {
    aws.close();
    secrets.close();
  }

  private TestRunner irsa() {
    return sluice
        .with("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/shop-migrations")
        .with("AWS_WEB_IDENTITY_TOKEN_FILE", tokens.resolve("token").toString())
        .with("AWS_ENDPOINT_URL_STS", aws.address().toString());
  }

  private String output(int exit) throws Exception {
    var output = tokens.resolve("output");
    var process = sluice.start(output);
    var code = process.waitFor();
    var text = Files.readString(output);
    System.out.println(text);
    assertThat(code).isEqualTo(exit);
    assertThat(text).doesNotContain("token-of-the-pod").doesNotContain(TestServer.SCRAM_PASSWORD);
    return text;
  }

  @Test
  void isLentByStsForTheTokenOfAServiceAccount() throws Exception {
    irsa();
    output(0);
    assertThat(secrets.authorizations())
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a).contains("Credential=" + FakeAws.OF_STS + "/"));
    assertThat(aws.requests())
        .singleElement()
        .asString()
        .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=token-of-the-pod")
        .contains("role%2Fshop-migrations");
    assertThat(database.has("orders")).isTrue();
  }

  @Test
  void isLentByTheEndpointOfPodIdentity() throws Exception {
    sluice
        .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.address() + "/v1/credentials")
        .with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokens.resolve("token").toString());
    output(0);
    assertThat(secrets.authorizations())
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a).contains("Credential=" + FakeAws.OF_CONTAINER + "/"));
    assertThat(aws.requests()).containsExactly("token-of-the-pod");
  }

  @Test
  void endsSoonWhereThereIsNone() throws Exception {
    var began = System.nanoTime();
    assertThat(output(40))
        .contains("SecretUnreadable: no AWS identity: this pod has no role (IRSA)")
        .contains("hint: see pod.serviceAccountName")
        .doesNotContain("AwsCredentialsProviderChain");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThat(secrets.requests()).isEmpty();
  }

  @Test
  void endsSoonForTokensToo() throws Exception {
    sluice.without("SLUICE_AWS_SECRET_ID").with("SLUICE_RDS_IAM_USER", "careful");
    assertThat(output(40)).contains("no AWS identity: this pod has no role (IRSA)");
  }

  @Test
  void isWaitedForWhereTheAgentOfPodIdentityIsDown() throws Exception {
    sluice
        .with("SLUICE_DEADLINE", "6s")
        .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/v1/credentials");
    assertThat(output(11)).contains("SecretUnreadable: the agent of Pod Identity doesn't answer:");
  }

  @Test
  void isRefusedByATrustPolicy() throws Exception {
    aws.refuse("AccessDenied");
    irsa();
    assertThat(output(40)).contains("SecretUnreadable: AWS STS: AccessDenied: Not authorized");
    assertThat(secrets.requests()).isEmpty();
  }

  /** The server has no TLS, so that no token is ever handed over to it. */
  @Test
  void signsTokensForTheDatabaseItself() throws Exception {
    irsa().without("SLUICE_AWS_SECRET_ID").with("SLUICE_RDS_IAM_USER", "careful");
    assertThat(output(40)).contains("TlsFailed");
    assertThat(aws.requests()).singleElement().asString().contains("AssumeRoleWithWebIdentity");
    assertThat(secrets.requests()).isEmpty();
  }
}
