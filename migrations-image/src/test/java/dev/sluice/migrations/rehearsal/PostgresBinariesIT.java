package dev.sluice.migrations.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build makes of PostgreSQL's binaries ({@code src/build/postgres}). */
@ParameterizedClass
@ValueSource(ints = {14, 15, 16, 17, 18})
class PostgresBinariesIT {
  private static final String SUPERUSER = "sluice_rehearsal";
  private static final String OWNER = "shop_owner";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @SuppressWarnings("NullAway.Init") // before each invocation of the class
  private static BinariesServer server;

  private static String logOfStart = "";

  @Parameter private int major;

  @BeforeParameterizedClassInvocation
  static void start(int major) throws Exception {
    assumeTrue(
        Files.isDirectory(BinariesServer.HOME), "only a build on Linux makes target/postgres");
    server = BinariesServer.start(major);
    logOfStart = server.log();
    System.out.printf(
        "PostgreSQL %d: copied and started in %d ms%n", major, server.started().toMillis());
    server.execute(
        "template1",
        SUPERUSER,
        "create role " + OWNER + " login",
        "create database shop owner " + OWNER);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void isOfItsMajorVersion() throws Exception {
    assertThat(server.query("template1", SUPERUSER, "show server_version").getFirst())
        .startsWith(major + ".");
  }

  @Test
  void startsWithoutRecoveryFromWhatTheBuildShutDown() {
    assertThat(logOfStart)
        .contains("database system was shut down at", "ready to accept connections")
        .doesNotContain("not properly shut down", "WARNING", "ERROR");
  }

  @Test
  void hasNoDatabaseButTemplate1() throws Exception {
    var databases = "select datname from pg_database where datname <> 'shop'";
    assertThat(server.query("template1", SUPERUSER, databases)).containsExactly("template1");
  }

  @Test
  void isUtf8WithTheImagesLocaleWhereverItWasBuilt() throws Exception {
    var template =
        "select concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype)"
            + " from pg_database where datname = 'template1'";
    assertThat(server.query("template1", SUPERUSER, template))
        .containsExactly("UTF8 C.UTF-8 C.UTF-8");
    var collations = "select collname from pg_collation where collprovider = 'c' order by collname";
    assertThat(server.query("template1", SUPERUSER, collations))
        .contains("C.utf8", "C", "POSIX")
        .isSubsetOf("C.utf8", "C", "POSIX", "ucs_basic");
    var zone = "select setting from pg_file_settings where lower(name) = 'timezone'";
    assertThat(server.query("template1", SUPERUSER, zone)).containsExactly("UTC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgcrypto", "hstore", "pg_trgm", "citext", "uuid-ossp"})
  void anOwnerCreatesAnExtension(String extension) throws Exception {
    server.execute("shop", OWNER, "create extension if not exists \"" + extension + "\" cascade");
    var created = "select extname from pg_extension where extname = '" + extension + "'";
    assertThat(server.query("shop", OWNER, created)).containsExactly(extension);
  }

  @Test
  void anOwnerCreatesEachThatStaysWithinTheDatabase() throws Exception {
    var trusted =
        server.query(
            "shop",
            OWNER,
            "select distinct name from pg_available_extension_versions where trusted");
    assertThat(trusted).hasSizeGreaterThan(35);
    for (var extension : trusted) {
      server.execute("shop", OWNER, "create extension if not exists \"" + extension + "\" cascade");
    }
  }

  @Test
  void whatReachesOutOfTheDatabaseIsRefusedToAnOwner() throws Exception {
    var untrusted =
        server.query(
            "shop",
            OWNER,
            "select distinct name from pg_available_extension_versions where not trusted");
    var expected = List.of("adminpack", "dblink", "file_fdw", "postgres_fdw");
    assertThat(untrusted)
        .containsExactlyInAnyOrderElementsOf(major < 17 ? expected : expected.subList(1, 4));
    for (var extension : untrusted) {
      assertThatThrownBy(() -> server.execute("shop", OWNER, "create extension " + extension))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }
  }

  @Test
  void aSuperuserStillHasThem() throws Exception {
    server.execute("template1", SUPERUSER, "create database admin");
    server.execute("admin", SUPERUSER, "create extension dblink", "create extension postgres_fdw");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgis", "vector", "plperl", "plpython3u", "pltcl"})
  void whatIsntInsideIsNamedAsMissing(String extension) {
    assertThatThrownBy(() -> server.execute("shop", SUPERUSER, "create extension " + extension))
        .hasMessageContaining(extension);
  }

  @Test
  void everyUidMayReadIt() throws Exception {
    try (var files = Files.walk(BinariesServer.HOME)) {
      for (var file : files.toList()) {
        var everybodys = Files.getPosixFilePermissions(file);
        assertThat(everybodys).as(file.toString()).contains(PosixFilePermission.OTHERS_READ);
        assertThat(Files.isSymbolicLink(file)).as(file.toString()).isFalse();
        assertThat(everybodys.contains(PosixFilePermission.OTHERS_EXECUTE))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) || file.endsWith("bin/postgres"));
      }
    }
  }

  @Test
  void hasTheServerAloneAndSharesLibraries() throws Exception {
    var home = BinariesServer.HOME.resolve(String.valueOf(major));
    assertThat(names(home.resolve("bin"))).containsExactly("postgres");
    assertThat(names(home.resolve("lib"))).containsExactly("libpq.so.5", "postgresql");
    assertThat(names(home.resolve("lib/postgresql")))
        .contains("plpgsql.so")
        .noneMatch(name -> name.matches(".*(plperl|plpython|pltcl).*"));
    assertThat(names(BinariesServer.HOME.resolve("lib")))
        .contains("libcrypto.so.1.1", "libicudata.so.60", "libxml2.so.2");
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
