package dev.sluice.operator.observation;

import java.util.regex.Pattern;

/** The digest of a plan, which a person approves. */
public final class PlanDigest {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private PlanDigest() {}

  public static boolean isValid(String text) {
    return DIGEST.matcher(text).matches();
  }
}
