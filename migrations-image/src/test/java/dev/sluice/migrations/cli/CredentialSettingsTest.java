package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.credentials.AwsSecret;
import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.credentials.MountedSecret;
import dev.sluice.migrations.credentials.MountedUrl;
import dev.sluice.migrations.credentials.RdsIam;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialSettingsTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf";

  private static CredentialSource source(Map<String, String> environment) {
    var variables = new Variables(environment);
    var source = new CredentialSettings(variables).source();
    assertThat(variables.problems()).isEmpty();
    return source;
  }

  private static List<String> problems(Map<String, String> environment) {
    var variables = new Variables(environment);
    new CredentialSettings(variables).source();
    return variables.problems();
  }

  @Test
  void areThoseOfTheEnvironmentWhereNothingElseIsSaid() {
    assertThat(source(Map.of("PGUSER", "ann", "PGPASSWORD", "p")).read())
        .isEqualTo(new Reading.Found(Credentials.login("ann", "p")));
    assertThat(source(Map.of("PGUSER", "ann")).read())
        .isEqualTo(new Reading.Found(Credentials.login("ann", "")));
    assertThat(problems(Map.of()))
        .containsExactly(
            "PGUSER is not set; it must be a user, where no other variable says whence credentials"
                + " come");
  }

  @Test
  void areTheUsualKeysOfASecretUnlessOthersAreNamed() {
    var folder = Path.of("/secret");
    assertThat(source(Map.of("SLUICE_CREDENTIALS", "/secret")))
        .isEqualTo(new MountedSecret(folder, "username", "password"));
    assertThat(source(Map.of("SLUICE_CREDENTIALS", "/secret", "SLUICE_PASSWORD_KEY", "pw")))
        .isEqualTo(new MountedSecret(folder, "username", "pw"));
    assertThat(source(Map.of("SLUICE_CREDENTIALS", "/secret", "SLUICE_URL_KEY", "uri")))
        .isEqualTo(new MountedUrl(folder, "uri"));
  }

  @Test
  void aUrlIsAllThereIs() {
    assertThat(
            problems(
                Map.of(
                    "SLUICE_CREDENTIALS", "/secret",
                    "SLUICE_URL_KEY", "uri",
                    "SLUICE_USERNAME_KEY", "user")))
        .containsExactly("SLUICE_URL_KEY excludes SLUICE_USERNAME_KEY and SLUICE_PASSWORD_KEY");
  }

  @Test
  void comeFromOnePlaceOnly() {
    assertThat(
            problems(
                Map.of(
                    "SLUICE_CREDENTIALS", "/secret",
                    "SLUICE_AWS_SECRET_ID", ARN,
                    "SLUICE_RDS_IAM_USER", "ann",
                    "AWS_REGION", "eu-west-1")))
        .containsExactly(
            "SLUICE_CREDENTIALS and SLUICE_AWS_SECRET_ID and SLUICE_RDS_IAM_USER exclude each"
                + " other");
  }

  @Test
  void anAwsSecretNeedsARegion() {
    assertThat(source(Map.of("SLUICE_AWS_SECRET_ID", ARN))).isInstanceOf(AwsSecret.class);
    assertThat(source(Map.of("SLUICE_AWS_SECRET_ID", "shop", "AWS_REGION", "eu-west-1")))
        .isInstanceOf(AwsSecret.class);
    assertThat(source(Map.of("SLUICE_AWS_SECRET_ID", "shop", "AWS_DEFAULT_REGION", "eu-west-1")))
        .isInstanceOf(AwsSecret.class);
    assertThat(problems(Map.of("SLUICE_AWS_SECRET_ID", "shop")))
        .singleElement()
        .asString()
        .startsWith("AWS_REGION is not set");
  }

  @Test
  void anEndpointIsAUrl() {
    assertThat(problems(Map.of("SLUICE_AWS_SECRET_ID", ARN, "AWS_ENDPOINT_URL", "localhost:80")))
        .containsExactly("AWS_ENDPOINT_URL must be an http or https URL");
    assertThat(
            problems(
                Map.of(
                    "SLUICE_AWS_SECRET_ID", ARN,
                    "AWS_ENDPOINT_URL", "not looked at",
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://localhost:80")))
        .isEmpty();
  }

  @Test
  void aTokenOfIamIsSentToAVerifiedServerOnly() {
    assertThat(source(Map.of("SLUICE_RDS_IAM_USER", "ann", "AWS_REGION", "eu-west-1")))
        .isInstanceOf(RdsIam.class);
    assertThat(
            problems(
                Map.of(
                    "SLUICE_RDS_IAM_USER", "ann",
                    "AWS_DEFAULT_REGION", "eu-west-1",
                    "PGSSLMODE", "verify-ca")))
        .singleElement()
        .asString()
        .startsWith("PGSSLMODE must be verify-full");
  }

  @Test
  void aTokenOfIamNeedsARegion() {
    assertThat(problems(Map.of("SLUICE_RDS_IAM_USER", "ann")))
        .containsExactly(
            "AWS_REGION is not set; with SLUICE_RDS_IAM_USER it must be the database's");
  }

  @Test
  void onlyAnAwsSecretAndAUrlMaySayWhere() {
    assertThat(sayWhere("SLUICE_AWS_SECRET_ID")).isTrue();
    assertThat(sayWhere("SLUICE_URL_KEY")).isTrue();
    assertThat(sayWhere("SLUICE_CREDENTIALS")).isFalse();
    assertThat(sayWhere("SLUICE_RDS_IAM_USER")).isFalse();
  }

  private static boolean sayWhere(String variable) {
    return new CredentialSettings(new Variables(Map.of(variable, "x"))).sayWhere();
  }
}
