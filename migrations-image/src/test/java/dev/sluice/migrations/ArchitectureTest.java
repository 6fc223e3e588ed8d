package dev.sluice.migrations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final String ROOT = "dev.sluice.migrations.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sluice.migrations");

  @Test
  void roomsAreALine() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("credentials")
        .definedBy(ROOT + "credentials")
        .layer("database")
        .definedBy(ROOT + "database")
        .layer("folder")
        .definedBy(ROOT + "folder")
        .layer("engine")
        .definedBy(ROOT + "engine")
        .layer("plan")
        .definedBy(ROOT + "plan")
        .layer("report")
        .definedBy(ROOT + "report")
        .layer("text")
        .definedBy(ROOT + "text")
        .layer("wait")
        .definedBy(ROOT + "wait")
        .layer("cli")
        .definedBy(ROOT + "cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("wait")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("text")
        .mayOnlyBeAccessedByLayers("folder", "wait", "cli")
        .whereLayer("folder")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .whereLayer("database")
        .mayOnlyBeAccessedByLayers("engine", "cli")
        .check(CLASSES);
  }

  /** Its rules are tried without a database. */
  @Test
  void theReaderOfFoldersKnowsNoDatabase() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "folder")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", ROOT + "database", ROOT + "engine", ROOT + "report")
        .check(CLASSES);
  }

  /** Its image has the module java.base and these two rooms. */
  @Test
  void theInitContainerNeedsNothingElse() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + "wait", ROOT + "text")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "wait",
            ROOT + "text",
            "org.jspecify.annotations",
            "java.io",
            "java.lang..",
            "java.net",
            "java.nio..",
            "java.security..",
            "java.time..",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "javax.net.ssl")
        .check(CLASSES);
  }

  @Test
  void noRoomsLeadInACircle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "liquibase.., engine",
    "org.postgresql.., database",
    "software.amazon.awssdk.., credentials",
    "picocli.., cli"
  })
  void aLibraryIsKnownInOneRoomOnly(String library, String room) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /** What runs in a pod starts without the parser of the command line. */
  @Test
  void theWayOfAPodKnowsNoCommandLineParser() {
    noClasses()
        .that()
        .haveSimpleName("Main")
        .or()
        .haveSimpleName("Program")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }
}
