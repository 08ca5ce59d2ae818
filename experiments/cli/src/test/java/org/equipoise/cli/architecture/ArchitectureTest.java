package org.equipoise.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.equipoise.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows between modules and packages: what may know of what. */
class ArchitectureTest {

  private static final String API = "org.equipoise.api..";
  private static final String TESTKIT = "org.equipoise.testkit..";
  private static final String LOSSES = "org.equipoise.losses..";
  private static final String SAMPLERS = "org.equipoise.samplers..";
  private static final String EVALUATION = "org.equipoise.evaluation..";
  private static final String METHODS = "org.equipoise.methods..";
  private static final String EXPERIMENTS = "org.equipoise.experiments..";
  private static final String CLI = "org.equipoise.cli..";
  private static final String DJL = "ai.djl..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String JACKSON_CORE = "com.fasterxml.jackson.core..";
  private static final String GUICE = "com.google.inject..";
  private static final String INJECT = "jakarta.inject..";

  private static Stream<String> modules() {
    return House.FLOORS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void should_have_scanned_the_module(String module) {
    long found =
        House.CLASSES.stream().filter(type -> type.getPackageName().startsWith(module)).count();

    assertThat(found).isGreaterThanOrEqualTo(House.FLOORS.get(module));
  }

  @Test
  void should_know_the_module_of_every_class() {
    assertThat(House.CLASSES)
        .allSatisfy(
            type ->
                assertThat(modules()).anyMatch(module -> type.getPackageName().startsWith(module)));
  }

  @Test
  void should_keep_the_api_to_itself_and_djl() {
    holds(only(API, DJL));
  }

  @Test
  void should_keep_the_testkit_to_the_api_and_test_libraries() {
    holds(
        only(
            TESTKIT,
            API,
            DJL,
            JACKSON,
            "org.junit.jupiter..",
            "org.opentest4j..",
            "org.assertj.."));
  }

  @Test
  void should_keep_losses_to_the_api() {
    holds(only(LOSSES, API, DJL));
  }

  @Test
  void should_keep_samplers_to_the_api() {
    holds(only(SAMPLERS, API, DJL, "org.apache.commons.rng.."));
  }

  @Test
  void should_keep_evaluation_free_of_any_engine() {
    holds(only(EVALUATION, API, JACKSON_CORE, "org.hipparchus.."));
  }

  @Test
  void should_keep_methods_to_api_losses_and_samplers() {
    holds(only(METHODS, API, LOSSES, SAMPLERS, DJL));
  }

  @Test
  void should_keep_experiments_away_from_the_parts_that_it_finds_by_name() {
    holds(
        only(
            EXPERIMENTS,
            API,
            EVALUATION,
            DJL,
            GUICE,
            INJECT,
            JACKSON,
            "freemarker..",
            "org.knowm.xchart..",
            "org.apache.commons.compress..",
            "com.github.victools..",
            "javax.imageio..",
            "org.slf4j.."));
  }

  @Test
  void should_keep_the_command_away_from_the_parts_that_it_finds_by_name() {
    holds(
        only(
            CLI,
            API,
            EVALUATION,
            EXPERIMENTS,
            JACKSON,
            GUICE,
            INJECT,
            "picocli..",
            "me.tongfei..",
            "org.slf4j.."));
  }

  @Test
  void should_name_the_engine_in_one_package_only() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.equipoise.experiments.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch.."));
  }

  @Test
  void should_use_gson_nowhere() {
    holds(noClasses().should().dependOnClassesThat().resideInAPackage("com.google.gson.."));
  }

  @Test
  void should_show_reports_nothing_but_records_and_statistics() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.equipoise.experiments.report..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(EXPERIMENTS, LOSSES, SAMPLERS, METHODS, DJL)
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(
                                "org.equipoise.experiments.report..",
                                "org.equipoise.experiments.record..")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "experiments", "evaluation", "methods"})
  void should_have_no_cycle_between_the_packages_of_a_module(String module) {
    holds(slices().matching("org.equipoise." + module + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void should_leave_djls_nouns_to_djl() {
    List<String> nouns = List.of("Loss", "Sampler", "Trainer", "Evaluator", "Record", "Batch");

    assertThat(House.CLASSES)
        .extracting(JavaClass::getSimpleName)
        .doesNotContainAnyElementsOf(nouns);
  }

  @Test
  void should_name_no_class_after_what_any_class_could_be() {
    holds(
        classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl"));
  }

  @Test
  void should_keep_tensors_and_generators_out_of_the_fields_of_specs() {
    holds(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Named.class)
            .and()
            .areNotStatic()
            .should()
            .notHaveRawType(assignableTo(NDArray.class).or(assignableTo(RandomGenerator.class))));
  }

  @Test
  void should_draw_nothing_that_the_seed_of_the_run_does_not_fix() {
    DescribedPredicate<JavaMethodCall> unseeded =
        DescribedPredicate.describe(
            "a generator that seeds itself", ArchitectureTest::callsUnseeded);
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage(TESTKIT)
            .should(callMethodWhere(unseeded))
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class));
  }

  @Test
  void should_let_go_of_no_number_that_a_backward_pass_reads_again() {
    DescribedPredicate<JavaMethodCall> lettingGo =
        DescribedPredicate.describe(
            "DJL's arithmetic with a number, instead of Scalars", ArchitectureTest::letsGo);
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(
                LOSSES,
                SAMPLERS,
                "org.equipoise.methods.head..",
                "org.equipoise.experiments.models..",
                "org.equipoise.api.loss..",
                "org.equipoise.api.model..",
                "org.equipoise.api.training..")
            .should(callMethodWhere(lettingGo)));
  }

  private static boolean letsGo(JavaMethodCall call) {
    Set<String> readAgain =
        Set.of("mul", "muli", "div", "divi", "pow", "powi", "mod", "modi", "maximum", "minimum");
    return readAgain.contains(call.getName())
        && call.getTargetOwner().getPackageName().equals(NDArray.class.getPackageName())
        && call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Number.class));
  }

  private static boolean callsUnseeded(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    int parameters = call.getTarget().getRawParameterTypes().size();
    return switch (call.getName()) {
      case "current" -> owner.isEquivalentTo(ThreadLocalRandom.class);
      case "getDefault" -> owner.isEquivalentTo(RandomGenerator.class);
      case "random" -> owner.isEquivalentTo(Math.class);
      case "shuffle" -> owner.isEquivalentTo(Collections.class) && parameters == 1;
      default -> false;
    };
  }

  /** Classes of a module may use the JDK, their own module and these packages. */
  private static ArchRule only(String module, String... others) {
    List<String> allowed = new ArrayList<>(Arrays.asList(others));
    allowed.add(module);
    allowed.add("java..");
    // Arrays of primitives are in no package.
    allowed.add("");
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  private static void holds(ArchRule rule) {
    rule.check(House.CLASSES);
  }
}
