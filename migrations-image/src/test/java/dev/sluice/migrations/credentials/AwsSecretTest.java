package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsSecretTest {
  private static final String CANARY = "canary-91c2";

  private FakeSecretsManager aws;
  private AwsSecret secret;

  @BeforeEach
  void aSecret() throws IOException {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    aws = new FakeSecretsManager();
    secret = new AwsSecret("shop/db", "eu-west-1", Optional.of(aws.address()));
  }

  @AfterEach
  void stop() {
    aws.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private Credentials found() {
    return assertThat(secret.read()).isInstanceOf(Reading.Found.class).actual()
            instanceof Reading.Found(var credentials)
        ? credentials
        : Credentials.login("", "");
  }

  @Test
  void carriesAllOfACdkSecret() {
    aws.secret(
        "{\"engine\":\"postgres\",\"host\":\"db.example.com\",\"port\":5433,\"username\":\"ann\",\"password\":\""
            + CANARY
            + "\",\"dbname\":\"shop\"}");
    var found = found();
    assertThat(found.host()).isEqualTo("db.example.com");
    assertThat(found.port()).isEqualTo(5433);
    assertThat(found.database()).isEqualTo("shop");
    assertThat(found.password()).isEqualTo(CANARY);
    assertThat(found.version()).isEqualTo("v-1");
    assertThat(found.toString()).doesNotContain(CANARY);
    assertThat(aws.requests()).singleElement().asString().contains("shop/db");
  }

  @Test
  void takesAPortThatIsAText() {
    aws.secret("{\"username\":\"ann\",\"password\":\"x\",\"port\":\"5433\"}");
    assertThat(found().port()).isEqualTo(5433);
  }

  @Test
  void takesAMasterSecretThatRdsManages() {
    aws.secret("{\"username\":\"ann\",\"password\":\"x\"}");
    assertThat(found().host()).isNull();
  }

  @Test
  void isReadAnewEachTime() {
    aws.secret("{\"username\":\"ann\",\"password\":\"old\"}");
    assertThat(found().password()).isEqualTo("old");
    aws.secret("{\"username\":\"ann\",\"password\":\"new\"}");
    assertThat(found().password()).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CANARY,
        "[\"" + CANARY + "\"]",
        "{\"username\":\"" + CANARY + "\"}",
        "{\"username\":\"a\",\"password\":\"" + CANARY + "\",\"port\":\"x\"}"
      })
  void isInvalidWithoutWhatALoginNeedsAndNeverShowsAValue(String value) {
    aws.secret(value);
    assertThat(secret.read()).isInstanceOf(Reading.Invalid.class);
    assertThat(secret.read().toString()).doesNotContain(CANARY);
  }

  @Test
  void isInvalidWhenItIsBinary() {
    aws.answer(200, "{\"ARN\":\"a\",\"SecretBinary\":\"Y2FuYXJ5\",\"VersionId\":\"v\"}");
    assertThat(secret.read())
        .isInstanceOfSatisfying(
            Reading.Invalid.class,
            invalid -> assertThat(invalid.message()).contains("the secret is binary"));
  }

  /** The largest that there can be. */
  @Test
  void mayBe64KilobytesLong() {
    var password = "p".repeat(65_536 - 40);
    aws.secret("{\"username\":\"ann\",\"password\":\"" + password + "\"}");
    assertThat(found().password()).isEqualTo(password);
  }

  /** While it is rotated, the label AWSPENDING has the next password: nobody asks for it. */
  @Test
  void isTheCurrentOneWhileItIsRotated() {
    aws.secret("{\"username\":\"ann\",\"password\":\"current\"}");
    assertThat(found().password()).isEqualTo("current");
    assertThat(aws.requests().getFirst()).doesNotContain("VersionStage").doesNotContain("PENDING");
  }

  @Test
  void saysThatItIsMarkedForDeletion() {
    var words =
        "You can't perform this operation on the secret because it was marked for deletion.";
    aws.answer(400, "{\"__type\":\"InvalidRequestException\",\"Message\":\"" + words + "\"}");
    assertThat(secret.read())
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused -> assertThat(refused.message()).contains("marked for deletion"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccessDeniedException",
        "ResourceNotFoundException",
        "InvalidRequestException",
        "DecryptionFailure"
      })
  void isRefusedForGood(String type) {
    aws.answer(400, "{\"__type\":\"" + type + "\",\"Message\":\"no\"}");
    assertThat(secret.read())
        .isInstanceOfSatisfying(
            Reading.Refused.class, refused -> assertThat(refused.message()).contains(type));
    assertThat(aws.requests()).hasSize(1);
  }

  @Test
  void maySucceedAfterThrottling() {
    aws.answer(400, "{\"__type\":\"ThrottlingException\",\"message\":\"slow\"}");
    assertThat(secret.read()).isInstanceOf(Reading.Unavailable.class);
    assertThat(aws.requests()).as("tried again by the SDK").hasSizeGreaterThan(1);
    aws.secret("{\"username\":\"ann\",\"password\":\"x\"}");
    assertThat(found().username()).isEqualTo("ann");
  }

  @ParameterizedTest
  @CsvSource({
    "503, <html>no upstream</html>",
    "502, ''",
    "403, Forbidden by the proxy",
    "200, <html>login</html>"
  })
  void mayBeThereLaterWhenAProxyAnswers(int status, String body) {
    aws.answer(status, body);
    assertThat(secret.read())
        .isInstanceOfSatisfying(
            Reading.Unavailable.class,
            answer ->
                assertThat(answer.message())
                    .startsWith("AWS Secrets Manager: ")
                    .hasSizeLessThan(400)
                    .doesNotContain("\n"));
  }

  @Test
  void mayBeThereLaterWhenNobodyAnswers() {
    aws.close();
    assertThat(secret.read()).isInstanceOf(Reading.Unavailable.class);
  }

  @Test
  void namesItsRegionInTheArn() {
    assertThat(AwsSecret.regionOf("arn:aws:secretsmanager:eu-west-1:123:secret:shop-1"))
        .contains("eu-west-1");
    assertThat(AwsSecret.regionOf("shop/db")).isEmpty();
  }
}
