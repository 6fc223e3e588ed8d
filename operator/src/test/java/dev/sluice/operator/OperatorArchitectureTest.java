package dev.sluice.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A quiet street: a package imports only from its left, and the first two houses are pure. */
final class OperatorArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sluice.operator");

  private static final String DECISION = "dev.sluice.operator.decision";
  private static final String JOB = "dev.sluice.operator.job";

  @Test
  void packagesStandInALine() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("decision")
        .definedBy(DECISION)
        .layer("job")
        .definedBy(JOB)
        .layer("controller")
        .definedBy("dev.sluice.operator.controller")
        .layer("gate")
        .definedBy("dev.sluice.operator.gate")
        .layer("main")
        .definedBy("dev.sluice.operator")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gate")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("controller")
        .mayOnlyBeAccessedByLayers("gate", "main")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("controller", "main")
        .check(CLASSES);
  }

  @Test
  void decisionAndJobArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(DECISION, JOB)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..",
            "io.javaoperatorsdk..",
            "org.slf4j..",
            "io.micrometer..",
            "java.net..",
            "java.io..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InstantSource.class, System.class, Runtime.class, Thread.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void decisionKnowsNoKubernetes() {
    noClasses()
        .that()
        .resideInAPackage(DECISION)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(CLASSES);
  }
}
