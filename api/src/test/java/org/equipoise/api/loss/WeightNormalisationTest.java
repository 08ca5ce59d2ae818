package org.equipoise.api.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;

class WeightNormalisationTest {

  private static final ClassCounts COUNTS = ClassCounts.of(90, 9, 1);
  private static final double[] WEIGHTS = {1, 10, 90};

  @Test
  void should_average_to_one_over_the_classes() {
    double[] scaled = WeightNormalisation.CLASS_MEAN.apply(WEIGHTS, COUNTS);

    assertThat(scaled[0] + scaled[1] + scaled[2]).isEqualTo(3, within(1e-12));
    assertThat(scaled[2] / scaled[0]).isEqualTo(90, within(1e-12));
  }

  @Test
  void should_average_to_one_over_the_examples() {
    double[] scaled = WeightNormalisation.EXAMPLE_MEAN.apply(WEIGHTS, COUNTS);

    assertThat((90 * scaled[0] + 9 * scaled[1] + scaled[2]) / 100).isEqualTo(1, within(1e-12));
    assertThat(scaled[2] / scaled[0]).isEqualTo(90, within(1e-12));
  }

  @Test
  void should_hold_for_weights_that_were_normalised_so_and_for_no_others() {
    for (WeightNormalisation one : WeightNormalisation.values()) {
      for (WeightNormalisation other : WeightNormalisation.values()) {
        assertThat(one.holds(other.apply(WEIGHTS, COUNTS), COUNTS)).isEqualTo(one == other);
      }
      assertThat(one.holds(new double[] {1, 1, 1}, COUNTS)).isTrue();
    }
  }

  @Test
  void should_leave_its_argument_alone() {
    double[] given = WEIGHTS.clone();

    assertThat(WeightNormalisation.CLASS_MEAN.apply(given, COUNTS)).isNotSameAs(given);
    assertThat(given).containsExactly(WEIGHTS);
  }
}
