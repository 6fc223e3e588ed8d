package dev.sluice.migrations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String ROOT = "dev.sluice.migrations.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sluice.migrations");

  /** A package, and those to its left that it may use. */
  private static final Map<String, List<String>> USES =
      Map.ofEntries(
          entry("text", List.of()),
          entry("report", List.of()),
          entry("plan", List.of()),
          entry("credentials", List.of()),
          entry("sql", List.of()),
          entry("folder", List.of("text", "sql")),
          entry("wait", List.of("text")),
          entry("event", List.of("report")),
          entry("database", List.of("credentials", "event")),
          entry("postgres.startup", List.of()),
          entry("postgres.socket", List.of()),
          entry("postgres.tls", List.of("database")),
          entry(
              "postgres",
              List.of(
                  "report", "credentials", "event", "database", "postgres.tls", "postgres.socket")),
          entry(
              "engine", List.of("report", "plan", "credentials", "event", "database", "postgres")),
          entry("adoption", List.of("sql", "folder", "postgres", "engine")),
          entry(
              "plainsql",
              List.of(
                  "report",
                  "plan",
                  "sql",
                  "folder",
                  "event",
                  "database",
                  "postgres",
                  "engine",
                  "adoption")),
          entry(
              "rehearsal.observation",
              List.of("text", "report", "sql", "event", "database", "postgres", "engine")),
          entry(
              "rehearsal",
              List.of(
                  "report",
                  "plan",
                  "sql",
                  "credentials",
                  "event",
                  "database",
                  "postgres",
                  "engine",
                  "rehearsal.observation")),
          entry(
              "validation",
              List.of(
                  "text",
                  "report",
                  "folder",
                  "event",
                  "database",
                  "postgres",
                  "engine",
                  "rehearsal")),
          entry(
              "liquibase",
              List.of("report", "plan", "sql", "event", "database", "postgres", "engine")));

  @ParameterizedTest
  @MethodSource
  void aPackageUsesOnlyThoseToItsLeft(String name, List<String> left) {
    var foreign =
        USES.keySet().stream()
            .filter(other -> !other.equals(name) && !left.contains(other))
            .map(other -> ROOT + other);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Stream.concat(foreign, Stream.of(ROOT + "cli")).toArray(String[]::new))
        .check(CLASSES);
  }

  static Stream<Arguments> aPackageUsesOnlyThoseToItsLeft() {
    return USES.entrySet().stream().map(use -> Arguments.of(use.getKey(), use.getValue()));
  }

  @Test
  void everyPackageHasItsPlace() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(USES.keySet().stream(), Stream.of("cli"))
                .map(name -> ROOT + name)
                .toArray(String[]::new))
        .check(CLASSES);
  }

  /** Their rules are tried without a database, and hold whatever the time and the machine. */
  @Test
  void sqlFolderPlanAndAdoptionArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "sql", ROOT + "folder", ROOT + "plan", ROOT + "adoption")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.net..", "java.util.logging..")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
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
  void noClassesOfAPackageLeadInACircle() {
    slices().assignedFrom(BY_TOP_LEVEL_CLASS).should().beFreeOfCycles().check(CLASSES);
  }

  private static final SliceAssignment BY_TOP_LEVEL_CLASS =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          var outermost = javaClass;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          return outermost.getSimpleName().equals("package-info")
              ? SliceIdentifier.ignore()
              : SliceIdentifier.of(outermost.getName());
        }

        @Override
        public String getDescription() {
          return "top-level classes";
        }
      };

  @Test
  void noPackagesLeadInACircle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "liquibase.., liquibase",
    "org.postgresql.., postgres..",
    "software.amazon.awssdk.., credentials",
    "picocli.., cli"
  })
  void aLibraryIsKnownInOnePackageOnly(String library, String name) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + name)
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
        .haveSimpleName("RunProgram")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }
}
