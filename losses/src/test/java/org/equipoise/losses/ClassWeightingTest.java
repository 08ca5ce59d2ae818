package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightingTest {

  // CIFAR-10-LT with imbalance factor 100.
  private static final ClassCounts LONG_TAIL =
      ClassCounts.of(5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50);

  @Nested
  class EffectiveNumberContract implements SpecContract<ClassWeightingSpec> {

    @Override
    public ClassWeightingSpec spec() {
      return new EffectiveNumber(0.99, WeightNormalisation.EXAMPLE_MEAN);
    }

    @Override
    public String expectedTypeName() {
      return "effective-number";
    }
  }

  @Nested
  class InverseFrequencyContract implements SpecContract<ClassWeightingSpec> {

    @Override
    public ClassWeightingSpec spec() {
      return new InverseFrequency(WeightNormalisation.EXAMPLE_MEAN);
    }

    @Override
    public String expectedTypeName() {
      return "inverse-frequency";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5", "0.9999", "0.999999999999", "0.9999999999999999"})
  void should_keep_its_digits_for_any_beta(String beta) {
    // GIVEN the effective numbers to 60 digits, of the very double that beta becomes
    MathContext digits = new MathContext(60);
    BigDecimal exact = new BigDecimal(Double.parseDouble(beta));
    ClassCounts counts = ClassCounts.of(1, 7, 5000);
    double[] expected =
        Arrays.stream(counts.toArray())
            .mapToDouble(
                n ->
                    BigDecimal.ONE
                        .subtract(exact)
                        .divide(BigDecimal.ONE.subtract(exact.pow((int) n, digits), digits), digits)
                        .doubleValue())
            .toArray();

    double[] got =
        new EffectiveNumber(Double.parseDouble(beta), WeightNormalisation.CLASS_MEAN)
            .weights(counts);

    for (int c = 0; c < 3; c++) {
      assertThat(got[c] / got[0]).isEqualTo(expected[c] / expected[0], within(1e-13));
    }
  }

  @Test
  void should_be_one_each_if_beta_is_zero() {
    assertThat(new EffectiveNumber(0, WeightNormalisation.CLASS_MEAN).weights(LONG_TAIL))
        .containsOnly(1);
  }

  @Test
  void should_become_inverse_frequency_if_beta_goes_to_one() {
    double[] near =
        new EffectiveNumber(Math.nextDown(1.0), WeightNormalisation.CLASS_MEAN).weights(LONG_TAIL);

    assertThat(near).containsExactly(new InverseFrequency().weights(LONG_TAIL), within(1e-9));
  }

  @Test
  void should_weigh_classes_alike_if_inverse_to_frequency() {
    double[] weights = new InverseFrequency().weights(LONG_TAIL);

    for (int c = 0; c < weights.length; c++) {
      assertThat(weights[c] * LONG_TAIL.count(c))
          .isEqualTo(weights[0] * LONG_TAIL.count(0), within(1e-9));
    }
  }

  // What the javadoc warns of, in numbers.
  @Test
  void should_act_as_a_lower_learning_rate_if_normalised_over_classes() {
    assertThat(Arrays.stream(new EffectiveNumber().weights(LONG_TAIL)).average().orElseThrow())
        .isEqualTo(1, within(1e-12));
    assertThat(exampleMean(new EffectiveNumber().weights(LONG_TAIL))).isLessThan(0.3);
    assertThat(exampleMean(new InverseFrequency().weights(LONG_TAIL))).isLessThan(0.3);
    for (ClassWeightingSpec spec :
        new ClassWeightingSpec[] {
          new EffectiveNumber(0.9999, WeightNormalisation.EXAMPLE_MEAN),
          new InverseFrequency(WeightNormalisation.EXAMPLE_MEAN)
        }) {
      assertThat(exampleMean(spec.weights(LONG_TAIL))).isEqualTo(1, within(1e-12));
    }
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> new EffectiveNumber().weights(ClassCounts.of(3, 0)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("effective-number: class 1");
    assertThatThrownBy(() -> new InverseFrequency().weights(ClassCounts.of(3, 0)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("inverse-frequency: class 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void should_refuse_a_beta_out_of_range(double beta) {
    assertThatThrownBy(() -> new EffectiveNumber(beta, WeightNormalisation.CLASS_MEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta: must be in [0, 1), was " + beta);
  }

  private static double exampleMean(double[] weights) {
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      sum += weights[c] * LONG_TAIL.count(c);
    }
    return sum / LONG_TAIL.total();
  }
}
