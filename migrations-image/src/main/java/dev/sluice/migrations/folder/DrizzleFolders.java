package dev.sluice.migrations.folder;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** drizzle-kit v1: a folder per migration, its name begins with its time. */
final class DrizzleFolders {
  private static final String END = Migration.IN_FOLDER;
  private static final Pattern TIME =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d).*");

  private DrizzleFolders() {}

  static boolean isMigration(String name) {
    return name.endsWith(END) && name.indexOf('/') == name.length() - END.length();
  }

  static FolderListing in(FolderFiles files) throws IOException {
    var migrations = new ArrayList<Migration>();
    var strays = new ArrayList<String>();
    var folders = new TreeSet<String>();
    for (var name : files.names(2)) {
      if (isMigration(name)) {
        folders.add(name.substring(0, name.length() - END.length()));
      } else if (FolderFiles.isSql(name)) {
        strays.add(files.prefix() + name + ": isn't NAME/migration.sql, so it is no migration");
      }
    }
    for (var folder : folders) {
      var name = folder + END;
      migrations.add(DrizzleFile.migration(files, name, folder, time(files, name, folder)));
    }
    return new FolderListing(migrations, List.of(), strays);
  }

  private static long time(FolderFiles files, String name, String folder) {
    var part = TIME.matcher(folder);
    if (!part.matches()) {
      throw files.refused(
          name,
          "is in a folder whose name doesn't begin with its time",
          "name it YYYYMMDDhhmmss_name");
    }
    try {
      // months and the rest may overflow, as in JavaScript
      return LocalDateTime.of(Integer.parseInt(part.group(1)), 1, 1, 0, 0)
          .plusMonths(Long.parseLong(part.group(2)) - 1)
          .plusDays(Long.parseLong(part.group(3)) - 1)
          .plusHours(Long.parseLong(part.group(4)))
          .plusMinutes(Long.parseLong(part.group(5)))
          .plusSeconds(Long.parseLong(part.group(6)))
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeException _) {
      throw files.refused(name, "has a time that isn't one", "name it YYYYMMDDhhmmss_name");
    }
  }
}
