package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

  @Test
  void should_compare_the_common_seeds_alone() {
    PairedDifference difference =
        PairedDifference.of(Map.of(3L, 0.75, 1L, 0.5, 2L, 0.5), Map.of(1L, 0.25, 3L, 0.25, 9L, 1.0))
            .orElseThrow();

    assertThat(difference.seeds()).containsExactly(1L, 3L);
    assertThat(difference.difference().n()).isEqualTo(2);
    assertThat(difference.difference().mean()).isEqualTo(0.375);
    assertThat(difference.difference().standardDeviation().orElseThrow())
        .isCloseTo(0.125 * Math.sqrt(2), within(1e-15));
  }

  @Test
  void should_be_less_spread_than_the_figures_if_they_move_together() {
    PairedDifference difference =
        PairedDifference.of(
                Map.of(1L, 0.125, 2L, 0.5, 3L, 0.875), Map.of(1L, 0.0, 2L, 0.375, 3L, 0.75))
            .orElseThrow();

    assertThat(difference.difference().standardDeviation()).hasValue(0);
  }

  @Test
  void should_be_absent_if_no_seed_is_common() {
    assertThat(PairedDifference.of(Map.of(1L, 0.5), Map.of(2L, 0.5))).isEmpty();
  }

  @Test
  void should_refuse_seeds_if_they_are_not_as_many_as_differences() {
    assertThatThrownBy(() -> new PairedDifference(List.of(1L), SampleSummary.of(1, 2)))
        .hasMessage("seeds: must be as many as differences, 2, are 1");
  }
}
