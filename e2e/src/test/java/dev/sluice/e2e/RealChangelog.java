package dev.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The changelog of a project that has nothing to do with this one, from the jars of its release.
 */
enum RealChangelog {
  /** Workflow engines; XML, three changelogs that lie in one database. */
  FLOWABLE(
      "flowable-app-engine,flowable-cmmn-engine,flowable-dmn-engine",
      "org/flowable",
      "root.xml",
      25),
  /** A further one of these, with a changeset that is a Java class of the engine. */
  FLOWABLE_EVENTS(
      "flowable-event-registry",
      "org/flowable",
      "org/flowable/eventregistry/db/liquibase/flowable-eventregistry-db-changelog.xml",
      3),
  /** An API gateway; YAML, with parameters by kind of database. */
  GRAVITEE("gravitee-repository-jdbc", "liquibase", "liquibase/master.yml", 45),
  /** The consents of a bank's customers; XML, over a hundred files. */
  CONSENT_MANAGEMENT("cms-db-schema", ".", "master.xml", 200);

  /** That the build has fetched, by commas. */
  private final String jars;

  /** In the jars. */
  private final String folder;

  private final String root;

  /** How many there are at least. */
  private final int changeSets;

  RealChangelog(String jars, String folder, String root, int changeSets) {
    this.jars = jars;
    this.folder = folder;
    this.root = root;
    this.changeSets = changeSets;
  }

  String root() {
    return root;
  }

  int changeSets() {
    return changeSets;
  }

  /** Puts its files below a folder, at the paths that they have in the jars. */
  void unpack(Path target) {
    try {
      for (var jar : List.of(jars.split(","))) {
        try (var zip = FileSystems.newFileSystem(Path.of("target/real", jar + ".jar"))) {
          copy(zip.getPath("/"), zip.getPath("/", folder).normalize(), target);
        }
      }
      if (this == FLOWABLE) {
        Files.writeString(target.resolve(root), FLOWABLES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path top, Path from, Path target) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(RealChangelog::isOfAChangelog).toList()) {
        var copy = target.resolve(top.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static boolean isOfAChangelog(Path file) {
    return file.toString().matches(".*\\.(xml|ya?ml|sql|csv)")
        && !file.startsWith("/META-INF")
        && !file.toString().contains("/mapping/");
  }

  /** The engines have a changelog each; nobody has one of all. */
  private static final String FLOWABLES =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
        <include file="org/flowable/cmmn/db/liquibase/flowable-cmmn-db-changelog.xml"/>
        <include file="org/flowable/dmn/db/liquibase/flowable-dmn-db-changelog.xml"/>
        <include file="org/flowable/app/db/liquibase/flowable-app-db-changelog.xml"/>
      </databaseChangeLog>
      """;
}
