package org.equipoise.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PredictionsTest {

  @Test
  void should_predict_the_largest_and_of_equal_ones_the_lowest() {
    Predictions predictions = new Predictions(new float[] {1, 3, 3, 5, -2, 0}, 3, new int[] {0, 2});

    assertThat(predictions.size()).isEqualTo(2);
    assertThat(predictions.predicted(0)).isEqualTo(1);
    assertThat(predictions.predicted(1)).isEqualTo(0);
  }

  @Test
  void should_rank_equal_scores_by_class() {
    float[] tied = {2, 2, 2, 9};

    assertThat(new Predictions(tied, 4, new int[] {0}).rankOfLabel(0)).isEqualTo(1);
    assertThat(new Predictions(tied, 4, new int[] {2}).rankOfLabel(0)).isEqualTo(3);
    assertThat(new Predictions(tied, 4, new int[] {3}).rankOfLabel(0)).isZero();
  }

  @Test
  void should_rank_infinite_scores() {
    Predictions predictions =
        new Predictions(
            new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}, 2, new int[] {0});

    assertThat(predictions.predicted(0)).isEqualTo(1);
    assertThat(predictions.rankOfLabel(0)).isEqualTo(1);
  }

  @Test
  void should_refuse_lengths_that_do_not_agree() {
    assertThatThrownBy(() -> new Predictions(new float[5], 3, new int[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("predictions: 2 labels of 3 classes need 6 logits, but there are 5");
  }

  @Test
  void should_name_the_example_if_a_label_or_score_is_bad() {
    assertThatThrownBy(() -> new Predictions(new float[4], 2, new int[] {0, 2}))
        .hasMessage("predictions: example 1 has label 2 outside 0..1");
    assertThatThrownBy(() -> new Predictions(new float[] {0, 0, 0, Float.NaN}, 2, new int[2]))
        .hasMessage("predictions: example 1 has a NaN for class 1");
  }
}
