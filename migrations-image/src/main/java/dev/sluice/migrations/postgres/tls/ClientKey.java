package dev.sluice.migrations.postgres.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM. Java reads PKCS-8 only; what OpenSSL wrote for long, PKCS-1 (RSA) and SEC1
 * (EC), is its inner part, and the algorithm that is missing stands in the certificate.
 */
final class ClientKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final byte[] VERSION = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;

  private ClientKey() {}

  static PrivateKey read(Path file, PublicKey of) throws TlsFileException {
    var block = PEM.matcher(text(file));
    if (!block.find()) {
      throw unreadable(file, "holds no private key in PEM");
    }
    if (block.group(1).startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
      throw unreadable(file, "is encrypted");
    }
    try {
      return KeyFactory.getInstance(of.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(block, of)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw unreadable(file, "can't be read as a key of the kind " + of.getAlgorithm());
    }
  }

  private static String text(Path file) throws TlsFileException {
    try {
      return new String(Files.readAllBytes(file), US_ASCII);
    } catch (IOException _) {
      throw new TlsFileException("the client key can't be read: " + file);
    }
  }

  private static TlsFileException unreadable(Path file, String why) {
    return new TlsFileException(
        "the client key %s: %s; make it so: openssl pkcs8 -topk8 -nocrypt -in %s -out new.key"
            .formatted(why, file, file.getFileName()));
  }

  private static byte[] pkcs8(Matcher block, PublicKey of) {
    var bytes = Base64.getMimeDecoder().decode(block.group(2));
    return block.group(1).equals("PRIVATE KEY")
        ? bytes
        : der(SEQUENCE, VERSION, algorithm(of), der(OCTET_STRING, bytes));
  }

  /** The first part of a public key is its algorithm, in the form that PKCS-8 wants. */
  private static byte[] algorithm(PublicKey of) {
    var bytes = of.getEncoded();
    var start = header(bytes, 0);
    var end = header(bytes, start) + length(bytes, start);
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** Where the content begins of the element that is at {@code at}. */
  private static int header(byte[] bytes, int at) {
    var first = bytes[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] bytes, int at) {
    var length = bytes[at + 1] & 0xff;
    if (length < 0x80) {
      return length;
    }
    var sum = 0;
    for (var i = 0; i < (length & 0x7f); i++) {
      sum = sum << 8 | (bytes[at + 2 + i] & 0xff);
    }
    return sum;
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var all = new ByteArrayOutputStream();
    all.write(tag);
    var size = content.size();
    if (size < 0x80) {
      all.write(size);
    } else {
      all.write(0x82);
      all.write(size >> 8);
      all.write(size);
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
