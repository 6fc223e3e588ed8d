package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The digests of a text: the tools' own, and the one that the ledger keeps. */
final class FileDigests {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private FileDigests() {}

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the server gets, and what an editor shows. */
  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The same for a checkout with other line ends: that is no edit. */
  static String ofLedger(String text) {
    var lines = withoutMark(text).replace("\r\n", "\n").replace('\r', '\n');
    return "sha256:" + sha256(lines.getBytes(UTF_8));
  }

  /** Flyway's: neither line ends nor a byte order mark count. */
  static int flyway(String text) {
    var crc = new CRC32();
    withoutMark(text).lines().forEach(line -> crc.update(line.getBytes(UTF_8)));
    return (int) crc.getValue();
  }
}
