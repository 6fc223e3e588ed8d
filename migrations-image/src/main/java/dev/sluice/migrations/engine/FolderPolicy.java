package dev.sluice.migrations.engine;

/**
 * What a folder may differ in from what was applied.
 *
 * @param outOfOrderAllowed a migration may be applied after later ones
 * @param missingAllowed a migration that is applied may have no file
 * @param editedAllowed where a tool's history is adopted, a file may differ from what it says
 */
public record FolderPolicy(
    boolean outOfOrderAllowed, boolean missingAllowed, boolean editedAllowed) {
  public static final FolderPolicy STRICT = new FolderPolicy(false, false, false);
}
