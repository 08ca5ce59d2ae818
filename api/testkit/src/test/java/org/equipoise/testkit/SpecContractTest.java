package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.Described;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;

/** What breaks the contract of specs is found; that a good spec passes, the loss contract shows. */
class SpecContractTest {

  /** Not described, not registered, equal by identity of its array. */
  public record Careless(double[] factors, List<Double> more) implements ClassWeightingSpec {

    /** Creates one with a list that stays open. */
    public Careless() {
      this(new double[] {1}, new ArrayList<>(List.of(1.0)));
    }

    @Override
    public double[] weights(ClassCounts counts) {
      return factors;
    }
  }

  /** Its list can be changed from outside. */
  @Described(summary = "no full stop", formula = "w = 1", source = "Equipoise")
  public record Open(List<Double> factors) implements ClassWeightingSpec {

    /** Creates one with a list that stays open. */
    public Open() {
      this(new ArrayList<>(List.of(1.0)));
    }

    @Override
    public double[] weights(ClassCounts counts) {
      return new double[] {1};
    }

    @Override
    public String typeName() {
      return "Open";
    }
  }

  /** Has no defaults. */
  public record NoDefaults(double beta) implements ClassWeightingSpec {
    @Override
    public double[] weights(ClassCounts counts) {
      return new double[] {beta};
    }
  }

  @Test
  void should_find_what_is_missing() {
    SpecContract<ClassWeightingSpec> careless = contract(new Careless(), "careless");

    assertThatThrownBy(careless::should_be_described).hasMessageContaining("@Described");
    assertThatThrownBy(careless::should_be_found_by_the_service_loader)
        .hasMessageContaining("META-INF/services/org.equipoise.api.loss.ClassWeightingSpec");
    assertThatThrownBy(careless::should_be_immutable).hasMessageContaining("is an array");
  }

  @Test
  void should_find_a_list_that_is_no_copy() {
    SpecContract<ClassWeightingSpec> open = contract(new Open(), "open");

    assertThatThrownBy(open::should_be_immutable).hasMessageContaining("unmodifiable copy");
  }

  @Test
  void should_find_an_unfinished_sentence_and_a_bad_name() {
    SpecContract<ClassWeightingSpec> open = contract(new Open(), "Open");

    assertThatThrownBy(open::should_be_described).hasMessageContaining("no full stop");
    assertThatThrownBy(open::should_have_the_type_name_that_configs_use)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void should_find_that_there_are_no_defaults() {
    SpecContract<ClassWeightingSpec> noDefaults = contract(new NoDefaults(1), "no-defaults");

    assertThatThrownBy(noDefaults::should_be_a_public_record_with_defaults)
        .isInstanceOf(NoSuchMethodException.class);
  }

  @Test
  void should_find_a_class_that_is_no_record() {
    ClassWeightingSpec lambda = counts -> new double[] {1};

    assertThatThrownBy(contract(lambda, "lambda")::should_be_a_public_record_with_defaults)
        .hasMessageContaining("is a record");
  }

  private static SpecContract<ClassWeightingSpec> contract(ClassWeightingSpec spec, String name) {
    return new SpecContract<>() {
      @Override
      public ClassWeightingSpec spec() {
        return spec;
      }

      @Override
      public String expectedTypeName() {
        return name;
      }
    };
  }
}
