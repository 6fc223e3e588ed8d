package dev.sluice.authoring.write;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is given a place in a folder.
 *
 * @param words of its name, without number and ending
 * @param ending of the file
 * @param inFolder the folder below that it stays in, with its slash; or empty
 * @param version its number, version or time so far, which it keeps where that comes after all;
 *     empty: none
 * @param when it was made
 * @param entry of a journal so far; null: none
 */
record PlacedFile(
    String words,
    String text,
    String ending,
    String inFolder,
    String version,
    Instant when,
    @Nullable Map<?, ?> entry) {

  static PlacedFile of(String words, String text, String ending, Instant now) {
    return new PlacedFile(words, text, ending, "", "", now, null);
  }
}
