package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HolmAdjustmentTest {

  @Test
  void should_equal_a_case_worked_out_by_hand() {
    // Sorted 1/8, 1/4, 3/8 times 3, 2, 1: 3/8, 1/2 and 3/8, which rises to the 1/2 before it.
    HolmAdjustment holm = HolmAdjustment.of(0.375, 0.125, 0.25);

    assertThat(holm.adjusted()).containsExactly(0.5, 0.375, 0.5);
    // Equal to alpha is rejected.
    assertThat(holm.rejected(0.375)).containsExactly(false, true, false);
  }

  @Test
  void should_be_at_most_one_and_leave_a_single_test_alone() {
    assertThat(HolmAdjustment.of(0.5, 1, 0).adjusted()).containsExactly(1.0, 1.0, 0.0);
    assertThat(HolmAdjustment.of(0.04).adjusted()).containsExactly(0.04);
    assertThat(HolmAdjustment.of().adjusted()).isEmpty();
  }

  @Test
  void should_refuse_what_is_no_probability() {
    assertThatThrownBy(() -> HolmAdjustment.of(0.1, Double.NaN))
        .hasMessage("pValues[1]: must be in [0, 1], is NaN");
    assertThatThrownBy(() -> HolmAdjustment.of(-0.1))
        .hasMessage("pValues[0]: must be in [0, 1], is -0.1");
    assertThatThrownBy(() -> HolmAdjustment.of(0.1).rejected(0))
        .hasMessage("alpha: must be in (0, 1), was 0.0");
  }
}
