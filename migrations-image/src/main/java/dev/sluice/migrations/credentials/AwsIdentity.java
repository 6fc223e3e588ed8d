package dev.sluice.migrations.credentials;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * As whom the pod asks AWS. What the pod was given when it was made is asked by itself, so that its
 * failure isn't taken for having no identity at all, which doesn't pass in this pod.
 */
final class AwsIdentity {
  private static final String WEB_IDENTITY = "AWS_WEB_IDENTITY_TOKEN_FILE";

  private final Map<String, String> environment;
  private @Nullable AwsCredentialsProvider provider;

  AwsIdentity(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Keeps what it was lent until shortly before it expires. */
  AwsCredentialsProvider provider() {
    var made = provider;
    if (made == null) {
      made = made();
      provider = made;
    }
    return made;
  }

  private AwsCredentialsProvider made() {
    if (hasKey()) {
      return DefaultCredentialsProvider.builder().build();
    }
    if (environment.containsKey(WEB_IDENTITY)) {
      return WebIdentityTokenFileCredentialsProvider.builder().build();
    }
    return hasContainer()
        ? ContainerCredentialsProvider.builder().build()
        : DefaultCredentialsProvider.builder().build();
  }

  private boolean hasKey() {
    return System.getProperty("aws.accessKeyId") != null
        || Stream.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE").anyMatch(environment::containsKey);
  }

  private boolean hasContainer() {
    return Stream.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        .anyMatch(environment::containsKey);
  }

  /** Why there are no keys to sign with; empty when there are. */
  Optional<Reading> failure() {
    try {
      var _ = provider().resolveCredentials();
      return Optional.empty();
    } catch (AwsServiceException e) {
      return Optional.of(AwsErrors.refused("AWS STS", e));
    } catch (SdkException e) {
      return Optional.of(failure(e));
    }
  }

  private Reading failure(SdkException e) {
    if (hasKey()) {
      return new Reading.NoIdentity(
          "no AWS identity: the variables AWS_* of the pod name a key or profile that isn't there");
    }
    if (environment.containsKey(WEB_IDENTITY)) {
      return new Reading.Unavailable(
          "the pod's role (IRSA) can't be taken now: " + AwsErrors.sentence(e.getMessage()));
    }
    return hasContainer()
        ? new Reading.Unavailable(
            "the agent of Pod Identity doesn't answer: " + AwsErrors.sentence(e.getMessage()))
        : new Reading.NoIdentity(
            "no AWS identity: this pod has no role (IRSA), no Pod Identity and no instance"
                + " profile");
  }
}
