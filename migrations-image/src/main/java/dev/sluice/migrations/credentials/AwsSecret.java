package dev.sluice.migrations.credentials;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret in AWS Secrets Manager, fetched with the pod's own identity. */
public final class AwsSecret implements CredentialSource {
  /** What a person must mend: rights, names, keys. Everything else may pass. */
  private static final Set<String> FOR_GOOD =
      Set.of(
          "AccessDeniedException",
          "ResourceNotFoundException",
          "InvalidRequestException",
          "InvalidParameterException",
          "ValidationException",
          "DecryptionFailure",
          "UnrecognizedClientException",
          "InvalidSignatureException");

  private final String secretId;
  private final @Nullable String region;
  private final Optional<URI> endpoint;
  private @Nullable SecretsManagerClient client;

  public AwsSecret(String secretId, @Nullable String region, Optional<URI> endpoint) {
    this.secretId = secretId;
    this.region = region;
    this.endpoint = endpoint;
  }

  /** The region that an ARN names: {@code arn:aws:secretsmanager:REGION:...}. */
  public static Optional<String> regionOf(String secretId) {
    var parts = secretId.split(":", 5);
    return parts.length == 5 && parts[0].equals("arn") && !parts[3].isEmpty()
        ? Optional.of(parts[3])
        : Optional.empty();
  }

  @Override
  public Reading read() {
    try {
      var answer = client().getSecretValue(request -> request.secretId(secretId));
      if (answer.secretString() == null) {
        return new Reading.Invalid("the secret is binary; a JSON text is needed");
      }
      return SecretDocument.read(answer.secretString(), answer.versionId());
    } catch (AwsServiceException e) {
      return refused(e);
    } catch (SdkException e) {
      return new Reading.Unavailable("AWS Secrets Manager: " + sentence(e.getMessage()));
    }
  }

  private static Reading refused(AwsServiceException e) {
    var details = e.awsErrorDetails();
    var code = details == null ? "" : details.errorCode();
    var said = details == null ? e.getMessage() : details.errorMessage();
    var message = "AWS Secrets Manager: " + code + ": " + sentence(said);
    return FOR_GOOD.contains(code)
        ? new Reading.Refused(message)
        : new Reading.Unavailable(message);
  }

  static String sentence(@Nullable String message) {
    return message == null ? "no answer" : message.lines().findFirst().orElse("no answer");
  }

  private SecretsManagerClient client() {
    var made = client;
    if (made == null) {
      var http =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(Duration.ofSeconds(5))
              .socketTimeout(Duration.ofSeconds(10));
      var builder = SecretsManagerClient.builder().httpClientBuilder(http);
      endpoint.ifPresent(builder::endpointOverride);
      if (region != null) {
        builder.region(Region.of(region));
      }
      made = builder.build();
      client = made;
    }
    return made;
  }
}
