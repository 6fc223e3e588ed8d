package dev.sluice.migrations.engine;

/**
 * What a changelog may differ in from what was applied; all but the last of folders only.
 *
 * @param outOfOrderAllowed a migration may be applied after later ones
 * @param missingAllowed a migration that is applied may have no file
 * @param editedAllowed where a tool's history is adopted, a file may differ from what it says
 * @param aheadAllowed the database may have migrations after all that the changelog has
 */
public record FolderPolicy(
    boolean outOfOrderAllowed,
    boolean missingAllowed,
    boolean editedAllowed,
    boolean aheadAllowed) {
  public static final FolderPolicy STRICT = new FolderPolicy(false, false, false, true);
}
