package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;

/** The case that the page works out. */
class DecisionsTest {

  private static final ClassCounts TRAIN = ClassCounts.of(900, 100);
  // Probabilities 0.8 and 0.2 under the train prior.
  private static final Predictions SOFTMAX =
      new Predictions(new float[] {(float) Math.log(4), 0}, 2, new int[] {1});

  @Test
  void should_decide_for_the_rare_class_if_classes_are_balanced() {
    // 0.8 / 0.9 against 0.2 / 0.1.
    assertThat(SOFTMAX.predicted(0)).isZero();
    assertThat(Decisions.balanced(SOFTMAX, TRAIN).predicted(0)).isEqualTo(1);
  }

  @Test
  void should_decide_by_the_shares_of_the_test_set() {
    // 0.8 / 0.9 * 0.7 = 0.62 against 0.2 / 0.1 * 0.3 = 0.6; at 0.65 and 0.35, 0.58 against 0.7.
    assertThat(Decisions.forShares(SOFTMAX, TRAIN, 0.7, 0.3).predicted(0)).isZero();
    assertThat(Decisions.forShares(SOFTMAX, TRAIN, 0.65, 0.35).predicted(0)).isEqualTo(1);
  }

  @Test
  void should_decide_by_costs() {
    // To decide for class 0 costs 0.2 c on average, to decide for class 1 costs 0.8.
    double[][] alike = {{0, 1}, {1, 0}};
    double[][] dear = {{0, 5}, {1, 0}};

    assertThat(Decisions.cheapest(SOFTMAX, alike).predicted(0)).isZero();
    assertThat(Decisions.cheapest(SOFTMAX, dear).predicted(0)).isEqualTo(1);
  }
}
