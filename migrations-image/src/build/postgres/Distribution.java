import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** zonky's jar: a tar.xz with {@code bin}, {@code lib} and {@code share}. */
final class Distribution {
  /** What a server needs, and initdb: no client libraries, archives, build files, translations. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "bin/(postgres|initdb|pg_ctl)"
              + "|lib/(?!libecpg|libpgtypes)[^/]+\\.so\\.[0-9.]+"
              + "|lib/postgresql/[^/]+\\.so"
              + "|share/postgresql/(?!locale/|man/|doc/|contrib/).+");

  /** Other languages' interpreters aren't there, and they reach out of the database. */
  private static final Pattern LANGUAGES = Pattern.compile(".*(plperl|plpython|pltcl)[^/]*");

  /** The name under which a program asks for a library. */
  private static final Pattern SONAME = Pattern.compile("lib/[^/]+\\.so\\.[0-9]+");

  private Distribution() {}

  static void unpack(Path jar, Path folder) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      var archive = zip.stream().filter(e -> e.getName().endsWith(".txz")).findFirst();
      try (var content = zip.getInputStream(archive.orElseThrow())) {
        unpack(content, folder);
      }
    }
  }

  private static void unpack(InputStream content, Path folder) throws IOException {
    var links = new HashMap<Path, Path>();
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(content)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var name = Path.of(entry.getName()).normalize().toString();
        if (entry.isDirectory()
            || !NEEDED.matcher(name).matches()
            || LANGUAGES.matcher(name).matches()) {
          continue;
        }
        var file = folder.resolve(name);
        if (entry.isSymbolicLink()) {
          if (SONAME.matcher(name).matches()) {
            links.put(file, file.resolveSibling(entry.getLinkName()));
          }
          continue;
        }
        Files.createDirectories(file.getParent());
        Files.copy(tar, file);
        var mode = name.startsWith("bin/") ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      }
    }
    // an image's layer has no links: Jib would write the library once more for each
    for (var link : links.entrySet()) {
      Files.move(link.getValue(), link.getKey());
    }
  }
}
