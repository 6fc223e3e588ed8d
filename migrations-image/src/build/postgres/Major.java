import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One major version, unpacked and initialised in a folder of its own. */
record Major(String name, Path jar, Path folder) {
  /** Clients connect to template1, and new databases are made of it. */
  private static final List<String> ONLY_TEMPLATE1 =
      List.of(
          // initdb imported none of the build machine's locales; this one is in every image
          "CREATE COLLATION pg_catalog.\"C.utf8\" (provider = libc, locale = 'C.utf8')",
          "DROP DATABASE postgres",
          "ALTER DATABASE template0 IS_TEMPLATE false",
          "DROP DATABASE template0",
          // the checkpoint at its end is then all that the log holds
          "SELECT pg_switch_wal()");

  /** {@code …-18.6.0.jar} is 18. */
  static Major of(Path jar, Path work) {
    var file = jar.getFileName().toString();
    var version = file.substring(file.lastIndexOf('-') + 1);
    var name = version.substring(0, version.indexOf('.'));
    return new Major(name, jar, work.resolve(name));
  }

  /** {@code stubs}: extensions that aren't zonky's. */
  void make(Path stubs) throws IOException, InterruptedException {
    Distribution.unpack(jar, folder);
    var extensions = folder.resolve("share/postgresql/extension");
    Extensions.trust(extensions);
    Extensions.standIn(stubs, extensions);
    initialise();
    Files.delete(folder.resolve("bin/initdb"));
    Files.delete(folder.resolve("bin/pg_ctl"));
    // what lies there, not in a folder below, is what initdb reads
    Tree.deleteFiles(folder.resolve("share/postgresql"), _ -> true);
  }

  private void initialise() throws IOException, InterruptedException {
    var data = folder.resolve("data");
    var server = new ServerProgram(folder);
    Files.createDirectory(data);
    server.hand(data);
    server.run(
        "initdb",
        List.of(
            "-D" + data,
            "--username=sluice_rehearsal",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
            "--wal-segsize=1",
            "--no-sync"),
        List.of());
    WalSegments.deleteUnused(data.resolve("pg_wal"));
    server.run(
        "postgres",
        List.of("--single", "-D" + data, "-cwal_recycle=off", "-cfsync=off", "template1"),
        ONLY_TEMPLATE1);
    requireTemplate1Alone(data);
    // of free space and visibility nothing has to be known, and they are a quarter of the files
    Tree.deleteFiles(data.resolve("base/1"), name -> name.endsWith("_fsm") || name.endsWith("_vm"));
    // only a socket in a folder of one's own leads to a throw-away server
    Files.writeString(data.resolve("pg_hba.conf"), "local all all trust\n", StandardCharsets.UTF_8);
  }

  /** A server in single-user mode ends well whatever its statements did. */
  private void requireTemplate1Alone(Path data) throws IOException {
    try (var databases = Files.list(data.resolve("base"))) {
      var names = databases.map(d -> d.getFileName().toString()).sorted().toList();
      if (!names.equals(List.of("1"))) {
        throw new IllegalStateException("databases are left in " + name + ": " + names);
      }
    }
  }
}
