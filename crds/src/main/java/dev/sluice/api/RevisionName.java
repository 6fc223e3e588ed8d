package dev.sluice.api;

import java.util.regex.Pattern;

/** The form of a revision's name: that of a label's value. */
public final class RevisionName {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

  private RevisionName() {}

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }
}
