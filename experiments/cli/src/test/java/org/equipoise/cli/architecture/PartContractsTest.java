package org.equipoise.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.api.Described;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part says in its javadoc where it comes from, and is held to the contract of its kind. */
class PartContractsTest {

  // What every textbook has, and nobody in particular.
  private static final String COMMON = "Standard definition";
  private static final String OWN = "Equipoise";

  // A number with it wherever the paper's text could be read.
  private static final Pattern PLACE =
      Pattern.compile(
          "\\b(equations?|sections?|appendix|algorithm|definition|theorem|proposition|table|figure)"
              + "\\b");

  // No place in a paper is named, and why.
  private static final Map<String, String> CITED_AS_A_WHOLE =
      Map.ofEntries(
          // The paper is about nothing else, and the formula is what its title names.
          Map.entry("BalancedAccuracy", "the paper of the measure"),
          Map.entry("BrierScore", "the paper of the measure"),
          Map.entry("GeometricMeanRecall", "the paper that took the measure up"),
          Map.entry("HarmonicMeanRecall", "the paper that took the measure up"),
          Map.entry("WorstClassRecall", "the paper that took the measure up"),
          Map.entry("ClassWiseCalibrationError", "the paper of the measure"),
          Map.entry("Cutout", "the paper of the method"),
          Map.entry("Sgd", "order of operations from PyTorch"),
          // The paper is about something else, and has it in passing.
          Map.entry("ClassAwareImages", "text not at hand"),
          Map.entry("RepeatFactor", "text not at hand"),
          Map.entry("RandomResizedCrop", "numbers from torchvision"),
          Map.entry("ColorJitter", "numbers from released code"),
          Map.entry("MultiStep", "numbers from released code"),
          Map.entry("FashionMnistLtMini", "the paper of the images"));

  private static final ContractTests TESTS = new ContractTests(HouseSources.tests());

  private static List<String> parts() {
    return HouseParts.parts().map(JavaClass::getFullName).sorted().toList();
  }

  /** Parts with a paper, without the project's own that mention one. */
  private static List<String> publishedParts() {
    return parts().stream()
        .filter(part -> !Paper.of(part).isEmpty())
        .filter(part -> !source(part).startsWith(OWN))
        .toList();
  }

  private static String source(String part) {
    try {
      return Class.forName(part).getAnnotation(Described.class).source();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String> spis() {
    return HouseParts.spis();
  }

  /** The contracts by kind: those interfaces of the testkit that extend SpecContract of a kind. */
  private static Map<String, String> contracts() {
    Map<String, String> contracts = new HashMap<>();
    for (JavaClass type : House.CLASSES) {
      for (JavaType up : type.getInterfaces()) {
        if (type.isInterface()
            && up instanceof JavaParameterizedType generic
            && up.toErasure().isEquivalentTo(SpecContract.class)) {
          contracts.put(
              generic.getActualTypeArguments().get(0).toErasure().getName(), type.getSimpleName());
        }
      }
    }
    return contracts;
  }

  @Test
  void should_have_scanned_all_parts_and_contracts() {
    assertThat(parts()).hasSizeGreaterThanOrEqualTo(HouseParts.FEWEST_PARTS);
    assertThat(contracts().values()).contains("LossContract", "SamplerContract", "MetricContract");
    assertThat(TESTS.partsHeldTo("SpecContract"))
        .hasSizeGreaterThanOrEqualTo(HouseParts.FEWEST_PARTS);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void should_say_in_the_javadoc_where_the_part_comes_from(String part) {
    String source = source(part);
    List<String> papers = Paper.of(part).stream().map(Paper::name).toList();

    if (papers.isEmpty()) {
      assertThat(source)
          .as(
              "%s: its javadoc has no @see with a link to a paper (author, year), so @Described"
                  + " should say that the part is the project's own, or common knowledge",
              part)
          .matches(said -> said.startsWith(OWN) || said.startsWith(COMMON));
    }
    assertThat(papers)
        .as("papers that @see of %s names are in @Described", part)
        .allSatisfy(paper -> assertThat(source).contains(paper));
  }

  @ParameterizedTest
  @MethodSource("publishedParts")
  void should_say_where_in_the_paper_the_part_is(String part) {
    if (CITED_AS_A_WHOLE.containsKey(part.substring(part.lastIndexOf('.') + 1))) {
      assertThat(source(part))
          .as("%s names a place in its paper: strike it from the parts that do not", part)
          .doesNotContainPattern(PLACE);
    } else {
      assertThat(source(part))
          .as("@Described of %s: an equation, section, algorithm, definition or theorem", part)
          .containsPattern(PLACE);
    }
  }

  @ParameterizedTest
  @MethodSource("spis")
  void should_be_held_to_the_contract_of_its_kind(String spi) {
    String contract = contracts().getOrDefault(spi, SpecContract.class.getSimpleName());

    Set<String> held = TESTS.partsHeldTo(contract);

    assertThat(HouseParts.partsOf(spi).map(JavaClass::getFullName))
        .as("parts that no test which implements %s makes in its spec()", contract)
        .filteredOn(part -> !held.contains(part))
        .isEmpty();
  }
}
