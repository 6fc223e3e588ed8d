package dev.sluice.migrations.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The password of IAM authentication: a request to connect, presigned by AWS Signature Version 4.
 * The server asks for it at the login only, within its 15 minutes.
 */
record RdsToken(String host, int port, String user, String region) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** {@code session} goes with keys that are lent for a while. */
  record Key(String id, String secret, @Nullable String session) {
    /** Never the secret. */
    @Override
    public String toString() {
      return "Key[id=" + id + "]";
    }
  }

  String signed(Key key, Instant now) {
    var scope = DATE.format(now) + "/" + region + "/rds-db/aws4_request";
    var query = new TreeMap<String, String>();
    query.put("Action", "connect");
    query.put("DBUser", user);
    query.put("X-Amz-Algorithm", ALGORITHM);
    query.put("X-Amz-Credential", key.id() + "/" + scope);
    query.put("X-Amz-Date", TIME.format(now));
    query.put("X-Amz-Expires", "900");
    query.put("X-Amz-SignedHeaders", "host");
    if (key.session() != null) {
      query.put("X-Amz-Security-Token", key.session());
    }
    var request =
        String.join(
            "\n", "GET", "/", text(query), "host:" + host + ":" + port, "", "host", hash(""));
    var toSign = String.join("\n", ALGORITHM, TIME.format(now), scope, hash(request));
    var signature = HexFormat.of().formatHex(hmac(signingKey(key, now), toSign));
    return host + ":" + port + "/?" + text(query) + "&X-Amz-Signature=" + signature;
  }

  private byte[] signingKey(Key key, Instant now) {
    var bytes = ("AWS4" + key.secret()).getBytes(UTF_8);
    for (var part : new String[] {DATE.format(now), region, "rds-db", "aws4_request"}) {
      bytes = hmac(bytes, part);
    }
    return bytes;
  }

  private static String text(Map<String, String> query) {
    return query.entrySet().stream()
        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
