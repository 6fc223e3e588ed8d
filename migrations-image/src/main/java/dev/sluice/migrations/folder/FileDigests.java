package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The digests of a text: the tools' own, and the one that the ledger keeps. */
final class FileDigests {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int BUFFER = 1 << 16;

  private FileDigests() {}

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static String sha256(InputStream in) throws IOException {
    try (in) {
      var digest = sha256();
      eachBlock(in, digest::update);
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A part of a buffer. */
  @FunctionalInterface
  interface Block {
    void of(byte[] bytes, int offset, int length);
  }

  static void eachBlock(InputStream in, Block block) throws IOException {
    var buffer = new byte[BUFFER];
    for (var read = in.read(buffer); read > 0; read = in.read(buffer)) {
      block.of(buffer, 0, read);
    }
  }

  /** What the server gets, and what an editor shows. */
  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The same for a checkout with other line ends: that is no edit. */
  static String ofLedger(String text) {
    var lines = withoutMark(text).replace("\r\n", "\n").replace('\r', '\n');
    return inLedger(sha256(lines.getBytes(UTF_8)));
  }

  /** The same of a file that isn't held; its byte order mark is passed. */
  static String ofLedger(InputStream in) throws IOException {
    return inLedger(sha256(new UnixLines(in, true)));
  }

  static String inLedger(String sha256) {
    return "sha256:" + sha256;
  }

  /** Flyway's: neither line ends nor a byte order mark count. */
  static int flyway(String text) {
    var crc = new CRC32();
    withoutMark(text).lines().forEach(line -> crc.update(line.getBytes(UTF_8)));
    return (int) crc.getValue();
  }

  /** The same of a file that isn't held; its byte order mark is passed. */
  static int flyway(InputStream in) throws IOException {
    try (in) {
      var crc = new CRC32();
      eachBlock(in, (bytes, offset, length) -> withoutLineEnds(crc, bytes, length));
      return (int) crc.getValue();
    }
  }

  private static void withoutLineEnds(CRC32 crc, byte[] bytes, int length) {
    var from = 0;
    for (var i = 0; i < length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        crc.update(bytes, from, i - from);
        from = i + 1;
      }
    }
    crc.update(bytes, from, length - from);
  }
}
