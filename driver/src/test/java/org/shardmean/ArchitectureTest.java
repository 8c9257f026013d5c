package org.shardmean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of packages in docs/ARCHITECTURE.md, held. */
class ArchitectureTest {
  private static final String ROOT = "org.shardmean.";

  /** A package uses only those before it. */
  private static final List<String> ORDER =
      List.of(
          "data",
          "model",
          "export",
          "metrics",
          "predict",
          "train",
          "wire",
          "average",
          "run",
          "settings",
          "checkpoint",
          "spark",
          "report",
          "experiment",
          "comparison",
          "ml");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.shardmean");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(name -> name.substring(ROOT.length()).replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertTrue(found.contains("data") && found.contains("spark"), "classes were found: " + found);
    found.removeAll(ORDER);
    assertEquals(Set.of(), found);
  }

  @TestFactory
  List<DynamicTest> aPackageUsesOnlyThoseBeforeIt() {
    return ORDER.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage(in(name))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(after(name))
                            .allowEmptyShould(true)
                            .check(CLASSES)))
        .toList();
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** {@code Training} and its like stand between {@code report} and {@code experiment}. */
  @Test
  void onlyExperimentsAndComparisonsUseTheLibrarysFront() {
    noClasses()
        .that()
        .resideInAnyPackage(before("experiment"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.shardmean")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.shardmean")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("experiment"), in("comparison"), in("ml"))
        .check(CLASSES);
  }

  @Test
  void theLibraryKnowsNothingOfTheJobs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("jobs"), "picocli..")
        .check(CLASSES);
  }

  @Test
  void onlyThePackagesThatRunOnSparkKnowIt() {
    classes()
        .that(dependOn("org.apache.spark.", "scala."))
        .should()
        .resideInAnyPackage(
            "org.shardmean", in("spark"), in("experiment"), in("comparison"), in("ml"))
        .check(CLASSES);
  }

  /** A training needs no MLlib, and clusters may have none. */
  @Test
  void onlyEstimatorsAndTheReaderOfVectorsKnowMllib() {
    classes()
        .that(dependOn("org.apache.spark.ml.", "org.apache.spark.mllib."))
        .should()
        .resideInAPackage(in("ml"))
        .orShould()
        .haveFullyQualifiedName("org.shardmean.spark.VectorCell")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(in("experiment"), in("comparison"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("ml"))
        .check(CLASSES);
  }

  @Test
  void statisticsArePureFunctions() {
    noClasses()
        .that()
        .resideInAPackage(in("experiment.statistics"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "java.nio.file..")
        .check(CLASSES);
  }

  @Test
  void onlyModelAndTrainKnowTheNativeLibraries() {
    classes()
        .that(dependOn("org.nd4j.", "org.deeplearning4j.", "org.bytedeco.", "com.sun.jna."))
        .should()
        .resideInAnyPackage(in("model"), in("train"))
        .check(CLASSES);
  }

  @Test
  void trainingAveragingAndCountingReadNoFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(in("train"), in("wire"), in("average"), in("metrics"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..", "java.nio.file..")
        .check(CLASSES);
  }

  /** What was trained and how is shown; nothing is trained to be shown. */
  @Test
  void theReportKnowsSettingsOfTrainingButNoEngine() {
    noClasses()
        .that()
        .resideInAPackage(in("report"))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are engines or run on Spark", ArchitectureTest::computesOrRunsOnSpark))
        .check(CLASSES);
  }

  private static boolean computesOrRunsOnSpark(JavaClass used) {
    boolean settings = used.isRecord() || used.isEnum() || used.isAssignableTo(Enum.class);
    return used.getPackageName().equals(ROOT + "spark")
        || (used.getPackageName().equals(ROOT + "train") && !settings);
  }

  private static String in(String name) {
    return ROOT + name + "..";
  }

  private static String[] after(String name) {
    return ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
        .map(ArchitectureTest::in)
        .toArray(String[]::new);
  }

  private static String[] before(String name) {
    return ORDER.subList(0, ORDER.indexOf(name)).stream()
        .map(ArchitectureTest::in)
        .toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> dependOn(String... prefixes) {
    return DescribedPredicate.describe(
        "depend on " + List.of(prefixes),
        user ->
            user.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getName())
                .anyMatch(name -> List.of(prefixes).stream().anyMatch(name::startsWith)));
  }
}
