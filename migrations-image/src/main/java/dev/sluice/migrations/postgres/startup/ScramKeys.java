package dev.sluice.migrations.postgres.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What SCRAM makes of a password: PBKDF2 with HMAC-SHA-256, 4,096 rounds at every login. Java's own
 * digests the two blocks of the key anew in each round; here they are digested once, which halves
 * the work.
 */
final class ScramKeys extends SecretKeyFactorySpi {
  static final String ALGORITHM = "PBKDF2WithHmacSHA256";

  private static final String DIGEST = "SHA-256";
  private static final int DIGEST_BYTES = 32;
  private static final int BLOCK_BYTES = 64;

  /** Other lengths are refused, for which Java then takes its own. */
  @Override
  protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
    if (!(spec instanceof PBEKeySpec wanted)
        || wanted.getKeyLength() != DIGEST_BYTES * Byte.SIZE
        || wanted.getSalt() == null) {
      throw new InvalidKeySpecException("makes keys of 256 bits only");
    }
    var characters = wanted.getPassword();
    var password = bytes(characters);
    try {
      var key = key(password, wanted.getSalt(), wanted.getIterationCount());
      return new SecretKeySpec(key, ALGORITHM);
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new InvalidKeySpecException(e);
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(password, (byte) 0);
    }
  }

  private static byte[] bytes(char[] characters) {
    var encoded = UTF_8.encode(CharBuffer.wrap(characters));
    var bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] key(byte[] password, byte[] salt, int rounds)
      throws GeneralSecurityException, CloneNotSupportedException {
    var inner = begun(password, 0x36);
    var outer = begun(password, 0x5c);
    var round = Arrays.copyOf(salt, salt.length + Integer.BYTES);
    round[round.length - 1] = 1;
    round = hmac(inner, outer, round);
    var key = round.clone();
    for (var i = 1; i < rounds; i++) {
      round = hmac(inner, outer, round);
      for (var k = 0; k < DIGEST_BYTES; k++) {
        key[k] ^= round[k];
      }
    }
    return key;
  }

  /** A digest that has seen the block of the key. */
  private static MessageDigest begun(byte[] password, int pad) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance(DIGEST);
    var block =
        Arrays.copyOf(
            password.length > BLOCK_BYTES ? digest.digest(password) : password, BLOCK_BYTES);
    for (var i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= (byte) pad;
    }
    digest.update(block);
    return digest;
  }

  private static byte[] hmac(MessageDigest inner, MessageDigest outer, byte[] text)
      throws CloneNotSupportedException {
    var first = (MessageDigest) inner.clone();
    first.update(text);
    var second = (MessageDigest) outer.clone();
    second.update(first.digest());
    return second.digest();
  }

  @Override
  protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind) throws InvalidKeySpecException {
    throw new InvalidKeySpecException("makes keys only");
  }

  @Override
  protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
    throw new InvalidKeyException("makes keys only");
  }
}
