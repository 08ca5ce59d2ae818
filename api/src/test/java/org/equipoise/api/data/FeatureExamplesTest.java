package org.equipoise.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FeatureExamplesTest {

  private final FeatureExamples examples =
      new FeatureExamples(new float[] {1, 2, 3, 4, 5, 6}, 2, new int[] {0, 1, 2});

  @Test
  void should_select_whole_vectors_with_their_labels() {
    FeatureExamples chosen = examples.select(new int[] {2, 0, 2});

    assertThat(chosen.values()).isEqualTo(FloatBuffer.wrap(new float[] {5, 6, 1, 2, 5, 6}));
    assertThat(chosen.labels()).containsExactly(2, 0, 2);
    assertThat(chosen.width()).isEqualTo(2);
    assertThat(chosen.size()).isEqualTo(3);
  }

  @Test
  void should_not_let_values_be_changed() {
    assertThat(examples.values().isReadOnly()).isTrue();
  }

  @Test
  void should_say_how_many_values_are_missing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureExamples(new float[5], 2, new int[3]))
        .withMessage("features: 3 vectors of 2 are 6 values, but there are 5");
  }

  @Test
  void should_refuse_vectors_of_nothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureExamples(new float[0], 0, new int[3]))
        .withMessage("width: expected >= 1, is 0");
  }
}
