package dev.sluice.migrations.credentials;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** Signs a new token for each connection, with the pod's own identity. */
public final class RdsIam implements CredentialSource {
  private final RdsToken token;
  private final InstantSource clock;
  private @Nullable AwsCredentialsProvider identity;

  public RdsIam(String host, int port, String user, String region, InstantSource clock) {
    this.token = new RdsToken(host, port, user, region);
    this.clock = clock;
  }

  @Override
  public Reading read() {
    try {
      var password = token.signed(key(identity().resolveCredentials()), clock.instant());
      return new Reading.Found(Credentials.login(token.user(), password));
    } catch (SdkException e) {
      return new Reading.Unavailable(
          "no AWS identity to sign a token with: " + AwsSecret.sentence(e.getMessage()));
    }
  }

  private static RdsToken.Key key(AwsCredentials credentials) {
    var session = credentials instanceof AwsSessionCredentials lent ? lent.sessionToken() : null;
    return new RdsToken.Key(credentials.accessKeyId(), credentials.secretAccessKey(), session);
  }

  /** Keeps what it was lent until shortly before it expires. */
  private AwsCredentialsProvider identity() {
    var made = identity;
    if (made == null) {
      made = DefaultCredentialsProvider.builder().build();
      identity = made;
    }
    return made;
  }
}
