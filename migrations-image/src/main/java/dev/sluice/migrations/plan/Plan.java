package dev.sluice.migrations.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is pending, in its order, and what was applied before it, the latest first.
 *
 * <p>The digest is a chain that begins at the last step, so that the rest of a plan, together with
 * what was applied of it, still leads to the digest of the whole: a run that was cut off goes on
 * with the word that was given for all of it.
 */
public record Plan(List<PlanStep> pending, List<PlanStep> before) {
  public Plan {
    pending = List.copyOf(pending);
    before = List.copyOf(before);
  }

  /** {@code ran}: names, the latest first; those of another changelog are no part of it. */
  public static Plan of(List<PlanStep> pending, List<String> ran, List<PlanStep> all) {
    var known =
        all.stream().collect(Collectors.toMap(PlanStep::name, step -> step, (one, _) -> one));
    return new Plan(
        pending, ran.stream().map(known::get).<PlanStep>mapMulti(Plan::present).toList());
  }

  private static void present(@Nullable PlanStep step, Consumer<PlanStep> next) {
    if (step != null) {
      next.accept(step);
    }
  }

  /** 64 hex digits; {@code seed} is what the plan is bound to: the target and all files. */
  public String digest(String seed) {
    return HexFormat.of().formatHex(chain(seed));
  }

  /** Whether this is what is left of the plan that had this digest, or all of it. */
  public boolean isLeftOf(String digest, String seed) {
    var link = chain(seed);
    if (matches(link, digest)) {
      return true;
    }
    for (var step : before) {
      link = linked(step, link);
      if (matches(link, digest)) {
        return true;
      }
    }
    return false;
  }

  private byte[] chain(String seed) {
    var link = sha256().digest(seed.getBytes(UTF_8));
    for (var step : pending.reversed()) {
      link = linked(step, link);
    }
    return link;
  }

  /** The lengths go first, so that no two sequences look alike. */
  private static byte[] linked(PlanStep step, byte[] rest) {
    var digest = sha256();
    for (var part : List.of(step.name(), step.checksum())) {
      var bytes = part.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
    return digest.digest(rest);
  }

  private static boolean matches(byte[] link, String digest) {
    return HexFormat.of().formatHex(link).equals(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
