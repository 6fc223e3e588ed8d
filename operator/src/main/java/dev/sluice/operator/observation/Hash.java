package dev.sluice.operator.observation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 over parts, so that no two lists of parts read the same. */
public final class Hash {
  private Hash() {}

  /** The first {@code length} hex digits. */
  public static String of(int length, @Nullable String... parts) {
    return HexFormat.of().formatHex(digest(parts)).substring(0, length);
  }

  /** A number from 0 up to 1, the same for the same parts. */
  public static double fraction(String... parts) {
    var digest = digest(parts);
    var bits = ((digest[0] & 0xff) << 16) | ((digest[1] & 0xff) << 8) | (digest[2] & 0xff);
    return bits / (double) (1 << 24);
  }

  private static byte[] digest(@Nullable String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        var text = part == null ? "-" : part.length() + ":" + part;
        digest.update(text.getBytes(StandardCharsets.UTF_8));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
