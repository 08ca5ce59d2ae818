package org.equipoise.evaluation.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class RelativeMarginTermTest {

  @Test
  void should_equal_a_case_worked_out_by_hand() {
    // Threshold 1. Class 0: 4 examples, largest loss 1/2, margin 1/2, 1 / (1/2 * 2) = 1.
    // Class 1: 1 example, loss 3/4, margin 1/4, 1 / (1/4 * 1) = 4. Mean 5/2.
    TrainLosses losses =
        TrainLosses.of(new double[] {0.5, 0.25, 0.75, 0, 0.5}, new int[] {0, 0, 1, 0, 0}, 2);

    RelativeMarginTerm term = RelativeMarginTerm.of(losses, 1);

    assertThat(term.margins()).containsExactly(OptionalDouble.of(0.5), OptionalDouble.of(0.25));
    assertThat(term.value()).hasValue(2.5);
    assertThat(term)
        .hasToString("Relative margin term 2.500 over 2 classes (no error rate: to compare with)");
  }

  @Test
  void should_count_void_classes_and_have_no_value() {
    // Threshold 1. Class 0 as above, a term of 1; class 1 reaches the threshold, class 2 exceeds
    // it, class 3 is empty. 1 / 4 is left.
    TrainLosses losses =
        TrainLosses.of(new double[] {0.5, 0.5, 0.5, 0.5, 1, 2}, new int[] {0, 0, 0, 0, 1, 2}, 4);

    RelativeMarginTerm term = RelativeMarginTerm.of(losses, 1);

    assertThat(term.value()).isEmpty();
    assertThat(term.voidClasses()).containsExactly(1, 2, 3);
    assertThat(term.ofOthers()).isEqualTo(0.25);
    assertThat(term)
        .hasToString(
            "Relative margin term: none, for 3 of 4 classes are void (no example: 3; margin not"
                + " above 0: 1, 2); the others add up to 0.2500");
  }

  @Test
  void should_not_list_all_classes_if_many_are_void() {
    RelativeMarginTerm term = RelativeMarginTerm.of(TrainLosses.of(new double[0], new int[0], 12));

    assertThat(term.ofOthers()).isZero();
    assertThat(term.toString()).contains("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more");
  }

  @Test
  void should_take_an_example_with_probability_one_half_for_the_edge() {
    // Two equal logits: loss log 2, margin 0, void. Probability 3/4: log 2 - log 4/3 = log 3/2.
    float log3 = (float) Math.log(3);
    Predictions train = new Predictions(new float[] {1, 1, 0, log3}, 2, new int[] {0, 1});

    RelativeMarginTerm term = RelativeMarginTerm.of(TrainLosses.of(train));

    assertThat(term.voidClasses()).containsExactly(0);
    assertThat(term.margins().get(1).orElseThrow()).isCloseTo(Math.log(1.5), within(1e-7));
  }

  @Test
  void should_call_a_class_without_examples_void_whatever_margin_it_is_given() {
    RelativeMarginTerm term =
        new RelativeMarginTerm(
            ClassCounts.of(0, 4), List.of(OptionalDouble.of(1), OptionalDouble.of(1)));

    assertThat(term.voidClasses()).containsExactly(0);
    assertThat(term.ofOthers()).isEqualTo(0.25);
  }

  @Test
  void should_refuse_what_are_no_margins() {
    ClassCounts counts = ClassCounts.of(3, 4);

    assertThatThrownBy(() -> new RelativeMarginTerm(counts, List.of()))
        .hasMessage("margins: expected one for each of 2 classes, got 0");
    assertThatThrownBy(
            () ->
                new RelativeMarginTerm(
                    counts, List.of(OptionalDouble.of(1), OptionalDouble.of(Double.NaN))))
        .hasMessage("margins: class 1 has NaN");
    assertThatThrownBy(
            () -> RelativeMarginTerm.of(TrainLosses.of(new double[0], new int[0], 1), Double.NaN))
        .hasMessage("threshold: must be finite, was NaN");
  }

  @Test
  void should_share_out_margins_as_worked_out_by_hand() {
    // 16^(-1/4) = 1/2 and 256^(-1/4) = 1/4; two thirds and one third of 0.6.
    assertThat(OptimalMargins.of(ClassCounts.of(16, 256), 0.6))
        .containsExactly(new double[] {0.4, 0.2}, within(1e-15));
  }

  @Test
  void should_be_smallest_at_the_optimal_margins() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("margins");
          ClassCounts counts = ClassCounts.of(random.longs(6, 1, 100_000).toArray());
          double beta = 0.1 + random.nextDouble();

          double[] optimal = OptimalMargins.of(counts, beta);
          double least = term(counts, optimal);

          assertThat(Arrays.stream(optimal).sum()).isCloseTo(beta, within(1e-12));
          // At the optimum the term is (sum of n^(-1/4))^2 / (K beta).
          double parts =
              Arrays.stream(counts.toArray())
                  .mapToDouble(n -> 1 / Math.sqrt(Math.sqrt((double) n)))
                  .sum();
          assertThat(least).isCloseTo(parts * parts / (6 * beta), within(1e-9 * least));
          for (int i = 0; i < 100; i++) {
            double[] other = random.doubles(6, 0.01, 1).toArray();
            double scale = beta / Arrays.stream(other).sum();
            assertThat(term(counts, Arrays.stream(other).map(m -> m * scale).toArray()))
                .isGreaterThanOrEqualTo(least * (1 - 1e-12));
          }
        });
  }

  @Test
  void should_refuse_to_share_out_margins_among_empty_classes() {
    assertThatThrownBy(() -> OptimalMargins.of(ClassCounts.of(3, 0), 1))
        .hasMessageContaining("optimal margins")
        .hasMessageContaining("class 1");
    assertThatThrownBy(() -> OptimalMargins.of(ClassCounts.of(3), 0))
        .hasMessage("beta: must be > 0 and finite, was 0.0");
  }

  private static double term(ClassCounts counts, double... margins) {
    return new RelativeMarginTerm(
            counts, Arrays.stream(margins).mapToObj(OptionalDouble::of).toList())
        .value()
        .orElseThrow();
  }
}
