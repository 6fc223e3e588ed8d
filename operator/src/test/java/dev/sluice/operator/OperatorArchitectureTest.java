package dev.sluice.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A package imports only from its left, and the first three are pure. */
final class OperatorArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sluice.operator");

  private static final String OBSERVATION = "dev.sluice.operator.observation";
  private static final String DECISION = "dev.sluice.operator.decision";
  private static final String JOB = "dev.sluice.operator.job";

  @Test
  void packagesStandInALine() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("observation")
        .definedBy(OBSERVATION)
        .layer("decision")
        .definedBy(DECISION)
        .layer("job")
        .definedBy(JOB)
        .layer("controller")
        .definedBy("dev.sluice.operator.controller")
        .layer("gate")
        .definedBy("dev.sluice.operator.gate")
        .layer("telemetry")
        .definedBy("dev.sluice.operator.telemetry")
        .layer("main")
        .definedBy("dev.sluice.operator")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("telemetry")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("gate")
        .mayOnlyBeAccessedByLayers("telemetry", "main")
        .whereLayer("controller")
        .mayOnlyBeAccessedByLayers("gate", "telemetry", "main")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("controller", "gate", "telemetry", "main")
        .whereLayer("decision")
        .mayOnlyBeAccessedByLayers("job", "controller", "gate", "telemetry", "main")
        .check(CLASSES);
  }

  @Test
  void noPackageNeedsItself() {
    slices().matching("dev.sluice.operator.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** A class and those that are nested in it count as one. */
  @Test
  void noClassNeedsItself() {
    var files =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
          }

          @Override
          public String getDescription() {
            return "classes";
          }
        };
    slices().assignedFrom(files).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void factsDecisionsAndJobsArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(OBSERVATION, DECISION, JOB)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.fabric8.kubernetes.client..",
                    "io.javaoperatorsdk..",
                    "org.slf4j..",
                    "io.micrometer..",
                    "java.net..",
                    "java.io..")
                // what reads a text may throw it
                .and(not(belongToAnyOf(IOException.class))))
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
        .resideInAnyPackage(OBSERVATION, DECISION)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(CLASSES);
  }
}
