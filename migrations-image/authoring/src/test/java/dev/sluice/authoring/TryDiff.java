package dev.sluice.authoring;

import dev.sluice.authoring.diff.*;
import dev.sluice.migrations.cli.LazyEngines;
import dev.sluice.migrations.database.*;
import dev.sluice.migrations.engine.*;
import dev.sluice.migrations.rehearsal.*;
import java.nio.file.*;
import java.util.*;

class TryDiff {
  public static void main(String[] a) throws Exception {
    var stop = new Stop(Deadline.in(java.time.Duration.ZERO));
    try (var s =
        ScratchServer.starting(
            new PostgresHome(Path.of(System.getenv("SLUICE_POSTGRES_HOME"))),
            null,
            Path.of("/tmp"),
            stop)) {
      var files = Files.readString(Path.of(a[0])).split("=====\n");
      for (int i = 0; i < 2; i++) {
        Path d = Files.createTempDirectory("try");
        Files.createDirectories(d.resolve("f/20200101000000_x"));
        Files.writeString(d.resolve("f/20200101000000_x/migration.sql"), files[i]);
        var r =
            s.replayed(
                i == 0 ? "current" : "wanted",
                new Changelog(d, "f", List.of(), "", "", Map.of()),
                new LazyEngines(),
                new RunContext(stop, e -> {}),
                false);
        System.out.println(r);
      }
      long t = System.nanoTime();
      var diff =
          SchemaDiff.between(
              () -> s.session("current").connection(),
              () -> s.session("wanted").connection(),
              true);
      System.out.println((System.nanoTime() - t) / 1000000 + " ms");
      diff.changes().forEach(System.out::println);
      diff.statements().forEach(x -> System.out.println("  > " + x.replace("\n", "\n    ")));
      System.out.println(diff.unread());
      s.copied("current", "proof");
    }
  }
}
