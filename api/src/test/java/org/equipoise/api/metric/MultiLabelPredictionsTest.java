package org.equipoise.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MultiLabelPredictionsTest {

  @Test
  void should_count_its_examples() {
    assertThat(new MultiLabelPredictions(new float[6], 3, new boolean[6]).size()).isEqualTo(2);
    assertThat(new MultiLabelPredictions(new float[0], 3, new boolean[0]).size()).isZero();
  }

  @Test
  void should_refuse_tables_that_do_not_fit() {
    assertThatThrownBy(() -> new MultiLabelPredictions(new float[6], 3, new boolean[2]))
        .hasMessage(
            "multi-label predictions: 6 logits and 2 labels are no two tables of 3 classes an"
                + " example");
    assertThatThrownBy(() -> new MultiLabelPredictions(new float[5], 3, new boolean[5]))
        .hasMessageContaining("5 logits and 5 labels");
    assertThatThrownBy(() -> new MultiLabelPredictions(new float[0], 0, new boolean[0]))
        .hasMessageContaining("0 classes");
  }

  @Test
  void should_refuse_a_score_that_is_no_number() {
    assertThatThrownBy(
            () ->
                new MultiLabelPredictions(
                    new float[] {0, 1, Float.NEGATIVE_INFINITY, Float.NaN}, 2, new boolean[4]))
        .hasMessage("multi-label predictions: example 1 has a NaN for class 1");
  }
}
