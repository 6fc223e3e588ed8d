package dev.sluice.migrations.credentials;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service of AWS refused, in one line. */
final class AwsErrors {
  private static final int LONGEST = 300;

  /** What a person must fix: rights, names, keys. Everything else may pass. */
  private static final Set<String> FOR_GOOD =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ResourceNotFoundException",
          "InvalidRequestException",
          "InvalidParameterException",
          "ValidationException",
          "ValidationError",
          "DecryptionFailure",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "InvalidIdentityToken");

  private AwsErrors() {}

  static Reading refused(String service, AwsServiceException e) {
    var details = e.awsErrorDetails();
    var code = details == null ? null : details.errorCode();
    if (code == null || code.isEmpty()) {
      return new Reading.Unavailable(
          "%s: HTTP %d without an error code of AWS: a proxy or gateway answered"
              .formatted(service, e.statusCode()));
    }
    var message = service + ": " + code + ": " + sentence(details.errorMessage());
    return FOR_GOOD.contains(code)
        ? new Reading.Refused(message)
        : new Reading.Unavailable(message);
  }

  static String sentence(@Nullable String message) {
    var line = message == null ? "no answer" : message.lines().findFirst().orElse("no answer");
    return line.length() <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
