package dev.sluice.migrations.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/** Ours, beside the one that the AWS SDK signs. */
class RdsTokenTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "shop.cluster-abc.eu-west-1.rds.amazonaws.com, 5432, migrator, eu-west-1, -",
        "shop.cluster-abc.eu-west-1.rds.amazonaws.com, 6000, migrator, eu-west-1, lent+for/a=while",
        "db.x.us-gov-west-1.rds.amazonaws.com, 5432, a user+*~/é@x, us-gov-west-1, t",
        "10.0.0.7, 1, u, ap-southeast-4, -"
      })
  void equalsTheOneOfTheSdk(
      String host, int port, String user, String region, @Nullable String session) {
    var sdks = parts(sdk(host, port, user, region, session));
    var signedAt = TIME.parse(sdks.getOrDefault("X-Amz-Date", ""), Instant::from);
    var ours =
        new RdsToken(host, port, user, region)
            .signed(new RdsToken.Key("AKIDEXAMPLE", "secret/key+", session), signedAt);
    assertThat(parts(ours)).isEqualTo(sdks);
  }

  private static String sdk(
      String host, int port, String user, String region, @Nullable String session) {
    AwsCredentials key =
        session == null
            ? AwsBasicCredentials.create("AKIDEXAMPLE", "secret/key+")
            : AwsSessionCredentials.create("AKIDEXAMPLE", "secret/key+", session);
    return RdsUtilities.builder()
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(key))
        .build()
        .generateAuthenticationToken(r -> r.hostname(host).port(port).username(user));
  }

  /** The order of a query's parameters says nothing; the server sorts them. */
  private static Map<String, String> parts(String token) {
    var halves = token.split("\\?", 2);
    return Stream.concat(Stream.of("address=" + halves[0]), Stream.of(halves[1].split("&")))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
