package dev.sluice.authoring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthoringArchitectureTest {
  private static final String ROOT = "dev.sluice.authoring";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** A package uses those to its left; the root is {@code Main}. */
  private static final List<String> LINE =
      List.of(
          "write",
          "catalog",
          "diff",
          "scratch",
          "rename",
          "loss",
          "proof",
          "online",
          "snapshot",
          "generate",
          "cli");

  @ParameterizedTest
  @MethodSource
  void aPackageUsesOnlyThoseToItsLeft(String name) {
    var right =
        LINE.stream()
            .skip(LINE.indexOf(name) + 1L)
            .map(other -> ROOT + "." + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(right)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  static Stream<String> aPackageUsesOnlyThoseToItsLeft() {
    return IntStream.range(0, LINE.size() - 1).mapToObj(LINE::get);
  }

  @Test
  void everyPackageHasItsPlace() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of(ROOT), LINE.stream().map(name -> ROOT + "." + name))
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void noPackagesLeadInACircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"org.pgcodekeeper.., diff", "picocli.., cli", "org.postgresql.., none"})
  void aLibraryIsKnownInOnePackageOnly(String library, String name) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }
}
