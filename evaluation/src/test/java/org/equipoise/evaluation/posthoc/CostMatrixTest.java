package org.equipoise.evaluation.posthoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.equipoise.api.metric.Predictions;
import org.junit.jupiter.api.Test;

class CostMatrixTest {

  // To miss class 1 costs 10, to miss class 0 costs 1.
  private static final CostMatrix COSTS = CostMatrix.of(new double[][] {{0, 10}, {1, 0}});

  @Test
  void should_decide_for_the_improbable_class_if_missing_it_costs_more() {
    double[] logits = {Math.log(0.8), Math.log(0.2)};

    assertThat(COSTS.expected(logits)).containsExactly(new double[] {2, 0.8}, within(1e-12));
    assertThat(COSTS.decide(logits)).isEqualTo(1);
    assertThat(COSTS.decide(Math.log(0.95), Math.log(0.05))).isZero();
    assertThat(CostMatrix.ofMistakes(2).decide(logits)).isZero();
  }

  @Test
  void should_stay_finite_at_extreme_logits() {
    assertThat(COSTS.expected(500, -500)).containsExactly(0, 1);
    assertThat(COSTS.expected(-500, 500)).containsExactly(10, 0);
  }

  @Test
  void should_decide_for_the_lowest_of_equal_classes() {
    assertThat(CostMatrix.ofMistakes(3).decide(2, 2, 2)).isZero();
  }

  @Test
  void should_give_scores_by_which_metrics_decide_alike() {
    Predictions stored =
        new Predictions(
            new float[] {(float) Math.log(0.8), (float) Math.log(0.2), 5, 0}, 2, new int[] {1, 0});

    Predictions scores = COSTS.scores(stored);

    assertThat(scores.predicted(0)).isEqualTo(1);
    assertThat(scores.predicted(1)).isZero();
    assertThat(scores.labels()).containsExactly(1, 0);
  }

  @Test
  void should_not_change_if_the_given_costs_do() {
    double[][] given = {{0, 10}, {1, 0}};
    CostMatrix costs = CostMatrix.of(given);
    given[0][1] = 0;

    assertThat(costs.decide(Math.log(0.8), Math.log(0.2))).isEqualTo(1);
  }

  @Test
  void should_refuse_what_is_no_matrix_of_costs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CostMatrix.of(new double[][] {{0, 1}, {0}}))
        .withMessage("costs: row 1 has 1 of 2 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CostMatrix.of(new double[][] {{Double.NaN}}))
        .withMessage("costs: must be finite, row 0 has NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CostMatrix.of(new double[0][]))
        .withMessageContaining("at least one class");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> COSTS.decide(1, 2, 3))
        .withMessage("costs: made for 2 classes, got 3");
  }
}
