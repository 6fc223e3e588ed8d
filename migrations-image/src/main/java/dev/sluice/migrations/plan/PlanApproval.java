package dev.sluice.migrations.plan;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is pending needs a person's word.
 *
 * @param digest of the plan that has it; null: none has
 */
public record PlanApproval(boolean needed, @Nullable String digest) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public static boolean isDigest(String word) {
    return DIGEST.matcher(word).matches();
  }

  public boolean allows(Plan plan, String seed) {
    return !needed || plan.pending().isEmpty() || (digest != null && plan.isLeftOf(digest, seed));
  }
}
