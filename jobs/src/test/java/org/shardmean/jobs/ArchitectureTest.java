package org.shardmean.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The packages of this module, and rules that both modules keep; see docs/ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String JOBS = "org.shardmean.jobs";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("org.shardmean");

  @Test
  void bothModulesAreLookedThrough() {
    assertTrue(PRODUCT.contain("org.shardmean.Training"));
    assertTrue(PRODUCT.contain(Main.class));
  }

  @Test
  void aPackageUsesOnlyThoseItStandsOn() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(JOBS + "..")
        .layer("main")
        .definedBy(JOBS)
        .layer("console")
        .definedBy(JOBS + ".console")
        .layer("command")
        .definedBy(JOBS + ".command")
        .layer("data")
        .definedBy(JOBS + ".data")
        .layer("model")
        .definedBy(JOBS + ".model")
        .layer("train")
        .definedBy(JOBS + ".train")
        .layer("grid")
        .definedBy(JOBS + ".grid")
        .layer("compare")
        .definedBy(JOBS + ".compare")
        .layer("report")
        .definedBy(JOBS + ".report")
        .ensureAllClassesAreContainedInArchitecture()
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("train")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("grid")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("compare")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("train", "grid", "model", "compare")
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("main", "train", "grid", "model", "compare", "report")
        .whereLayer("console")
        .mayNotAccessAnyLayer()
        .check(jobs());
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(JOBS + ".(*)..").should().beFreeOfCycles().check(jobs());
  }

  @Test
  void onlyTheCommandLineKnowsHowOptionsAreParsed() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JOBS + ".command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
  }

  @Test
  void onlyMainEndsTheProcess() {
    check(
        noClasses()
            .that()
            .areNotAssignableTo(Main.class)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void theLibraryPrintsNothing() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JOBS + "..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  /** So that two trainings in one JVM never meet; an executor's cache is the exception. */
  @Test
  void noStaticFieldIsReplaced() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .areNotDeclaredIn("org.shardmean.spark.ExecutorCache")
            .should()
            .beFinal());
  }

  /** Every draw starts from {@code Seeds}; a random name of a folder's owner is no draw. */
  @Test
  void nothingIsDrawnWithoutASeed() {
    check(
        noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class, SecureRandom.class));
  }

  /** A result never depends on the time; times of day are read where a run begins. */
  @Test
  void whatIsComputedKnowsNoTimeOfDay() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.shardmean.data..",
                "org.shardmean.model..",
                "org.shardmean.metrics..",
                "org.shardmean.train..",
                "org.shardmean.average..",
                "org.shardmean.settings..",
                "org.shardmean.experiment.statistics..")
            .should()
            .callMethodWhere(
                target(nameMatching("now|system.*"))
                    .and(target(owner(resideInAPackage("java.time..")))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  @Test
  void aClassIsFinalOrMadeToBeExtended() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and(not(assignableTo(Enum.class)))
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(FINAL)
            .orShould()
            .haveModifier(ABSTRACT));
  }

  @Test
  void aNameSaysWhatAClassIs() {
    check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)"));
  }

  private static void check(ArchRule rule) {
    rule.check(PRODUCT);
  }

  private static JavaClasses jobs() {
    return PRODUCT.that(
        DescribedPredicate.describe(
            "of the jobs", (JavaClass one) -> one.getPackageName().startsWith(JOBS)));
  }
}
