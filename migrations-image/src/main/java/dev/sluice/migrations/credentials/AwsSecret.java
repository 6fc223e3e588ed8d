package dev.sluice.migrations.credentials;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret in AWS Secrets Manager, fetched with the pod's own identity. */
public final class AwsSecret implements CredentialSource {
  private static final String SERVICE = "AWS Secrets Manager";

  private final AwsIdentity identity = new AwsIdentity(System.getenv());
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
    return identity.failure().orElseGet(this::asked);
  }

  private Reading asked() {
    try {
      var answer = client().getSecretValue(request -> request.secretId(secretId));
      if (answer.secretString() == null) {
        return new Reading.Invalid("the secret is binary; a JSON text is needed");
      }
      return SecretDocument.read(answer.secretString(), answer.versionId());
    } catch (AwsServiceException e) {
      return AwsErrors.refused(SERVICE, e);
    } catch (SdkException e) {
      return new Reading.Unavailable(SERVICE + ": " + AwsErrors.sentence(e.getMessage()));
    }
  }

  private SecretsManagerClient client() {
    var made = client;
    if (made == null) {
      var http =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(Duration.ofSeconds(5))
              .socketTimeout(Duration.ofSeconds(10));
      var builder =
          SecretsManagerClient.builder()
              .httpClientBuilder(http)
              .credentialsProvider(identity.provider());
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
