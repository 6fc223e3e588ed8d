package dev.sluice.migrations.credentials;

import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** Signs a new token for each connection, with the pod's own identity. */
public final class RdsIam implements CredentialSource {
  private final RdsToken token;
  private final InstantSource clock;
  private final AwsIdentity identity = new AwsIdentity(System.getenv());

  public RdsIam(String host, int port, String user, String region, InstantSource clock) {
    this.token = new RdsToken(host, port, user, region);
    this.clock = clock;
  }

  @Override
  public Reading read() {
    return identity.failure().orElseGet(this::signed);
  }

  private Reading signed() {
    try {
      var key = key(identity.provider().resolveCredentials());
      return new Reading.Found(Credentials.login(token.user(), token.signed(key, clock.instant())));
    } catch (SdkException e) {
      return new Reading.Unavailable(
          "no keys to sign a token with: " + AwsErrors.sentence(e.getMessage()));
    }
  }

  private static RdsToken.Key key(AwsCredentials credentials) {
    var session = credentials instanceof AwsSessionCredentials lent ? lent.sessionToken() : null;
    return new RdsToken.Key(credentials.accessKeyId(), credentials.secretAccessKey(), session);
  }
}
