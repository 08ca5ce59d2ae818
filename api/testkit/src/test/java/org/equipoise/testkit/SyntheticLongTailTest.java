package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticLongTailTest {

  // Phi(separation / sqrt 2), from tables of the normal distribution.
  @ParameterizedTest
  @CsvSource({"1, 0.7602499389065233", "2, 0.9213503964748575", "3, 0.983052573237655"})
  void should_have_the_closed_form_optimum_if_there_are_two_classes(
      double separation, double optimum) {
    assertThat(data(separation, 50, 2).bayesBalancedAccuracy()).isEqualTo(optimum, within(1e-12));
  }

  @Test
  void should_have_the_optimum_that_simulation_finds() {
    TestSeed.run(
        streams -> {
          SyntheticLongTail data =
              new SyntheticLongTail(ClassCounts.of(100, 30, 10, 3), 2.0, streams);
          int perClass = 50_000;
          SyntheticLongTail.Sample test = data.test(perClass);
          int correct = 0;
          for (int i = 0; i < test.labels().length; i++) {
            correct += largest(test.features(), i * 4) == test.labels()[i] ? 1 : 0;
          }
          double simulated = correct / (4.0 * perClass);

          // Six standard errors.
          assertThat(simulated)
              .isEqualTo(data.bayesBalancedAccuracy(), within(6 * 0.5 / Math.sqrt(4.0 * perClass)));
        });
  }

  @Test
  void should_draw_as_many_examples_as_the_counts_say() {
    SyntheticLongTail.Sample train = data(2, 7, 3, 1).train();

    assertThat(train.labels()).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2);
    assertThat(train.features()).hasSize(11 * 3);
    assertThat(train.dimension()).isEqualTo(3);
  }

  @Test
  void should_draw_the_same_at_each_call_and_other_examples_for_the_test() {
    SyntheticLongTail data = data(2, 5, 5);

    assertThat(data.train().features()).isEqualTo(data.train().features());
    assertThat(data.test(5).features()).isNotEqualTo(data.train().features());
  }

  @Test
  void should_refuse_one_class_or_no_separation() {
    assertThatThrownBy(() -> data(2, 5)).hasMessageContaining("classes is 1; expected >= 2");
    assertThatThrownBy(() -> data(0, 5, 5)).hasMessageContaining("separation is 0.0");
  }

  private static SyntheticLongTail data(double separation, long... counts) {
    return new SyntheticLongTail(ClassCounts.of(counts), separation, new RandomStreams(1));
  }

  private static int largest(float[] values, int from) {
    int best = 0;
    for (int c = 1; c < 4; c++) {
      if (values[from + c] > values[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
