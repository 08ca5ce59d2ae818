package org.equipoise.evaluation.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.equipoise.api.metric.Predictions;
import org.equipoise.testkit.TestSeed;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class LinearHeadBoundTest {

  private static final Offset<Double> EXACT = within(1e-12);
  // log(2 K / delta) = 8 for 4 classes, and for 6 times as many pairs of a grid.
  private static final double DELTA = 8 * Math.exp(-8);

  @Test
  void should_equal_a_case_worked_out_by_hand() {
    // t = 1, B = R = 1/2, gamma = 1/2, K = 4.
    LinearHeadBound bound = new LinearHeadBound(List.of(0.5), 1, DELTA, FeatureOrigin.OTHER_IMAGES);
    // Class 0: 400 examples, 40 of loss 0.6 > t - gamma. Class 1: 100 examples, 10 of them.
    // Class 2 has no example, class 3 no margin.
    TrainLosses losses = losses(4, new int[] {400, 100, 0, 100}, 0.1);

    ErrorBounds bounds = bound.of(losses, 0.4, 0.5, new double[] {0.5, 0.5, 0.5, 0});

    // 40/400; 4 (1/4) / (1/2) sqrt(4/400) = 2/10; 3 sqrt(8/800) = 3/10.
    ClassErrorBound first = bounds.classes().get(0).orElseThrow();
    assertThat(first.margin()).isEqualTo(0.5);
    assertThat(first.share()).isCloseTo(0.1, EXACT);
    assertThat(first.complexity()).isCloseTo(0.2, EXACT);
    assertThat(first.confidence()).isCloseTo(0.3, EXACT);
    assertThat(first.value()).isCloseTo(0.6, EXACT);
    // 10/100; 2 sqrt(4/100) = 4/10; 3 sqrt(8/200) = 6/10.
    ClassErrorBound second = bounds.classes().get(1).orElseThrow();
    assertThat(second.value()).isCloseTo(1.1, EXACT);
    assertThat(bounds.vacuousClasses()).containsExactly(1);
    assertThat(bounds.voidClasses()).containsExactly(2, 3);
    // (0.6 + 1 + 1 + 1) / 4.
    assertThat(bounds.balancedError()).isCloseTo(0.9, EXACT);
    assertThat(bounds.vacuous()).isFalse();
    assertThat(bounds.toString().lines())
        .containsExactly(
            "  class  examples   margin    share + complexity + confidence   = bound",
            "      0       400    0.500    0.100        0.200        0.300     0.600",
            "      1       100    0.500    0.100        0.400        0.600   vacuous",
            "      2         0        -        -            -            -      void",
            "      3       100        -        -            -            -      void",
            "Mean over 4 classes: 0.900. Vacuous: 1; void (no example, or no margin above 0): 2.",
            "Bounds on P(loss >= 1.000) of each class. All hold at once with probability >= "
                + (1 - DELTA)
                + ", if norms, margins and features were fixed before these examples.");
  }

  @Test
  void should_pay_for_every_pair_of_a_grid_and_take_the_best_margin() {
    // log(2 * 4 * (2 norms * 3 candidates) / (6 DELTA)) = 8, as above.
    LinearHeadBound bound =
        new LinearHeadBound(List.of(0.5, 8.0), 1, 6 * DELTA, FeatureOrigin.OTHER_IMAGES);
    TrainLosses losses = losses(4, new int[] {400, 100, 0, 100}, 0.1);

    ErrorBounds bounds =
        bound.of(losses, 0.5, 0.5, constant(4, 0.25), constant(4, 0.5), constant(4, 0.125));

    // At 1/4 no loss is above t - gamma = 3/4, but 0 + 4/10 is more than the 1/10 + 2/10 at 1/2.
    ClassErrorBound first = bounds.classes().get(0).orElseThrow();
    assertThat(first.margin()).isEqualTo(0.5);
    assertThat(first.value()).isCloseTo(0.6, EXACT);
  }

  @Test
  void should_use_the_smallest_norm_that_the_head_does_not_exceed() {
    LinearHeadBound bound =
        new LinearHeadBound(List.of(1.0, 2.0, 4.0), 1, DELTA, FeatureOrigin.OTHER_IMAGES);
    IntFunction<Double> complexity =
        head ->
            first(bound.of(losses(2, new int[] {9, 9}, 0), head, 1, constant(2, 1))).complexity();

    assertThat(complexity.apply(1)).isCloseTo(4 * Math.sqrt(2.0 / 9), EXACT);
    assertThat(complexity.apply(2)).isCloseTo(8 * Math.sqrt(2.0 / 9), EXACT);
    assertThat(complexity.apply(3)).isCloseTo(16 * Math.sqrt(2.0 / 9), EXACT);
    assertThatThrownBy(() -> complexity.apply(5))
        .hasMessage(
            "weightNorm: the head's norm 5.0 is above all candidates [1.0, 2.0, 4.0], so the bound"
                + " does not speak of it");
  }

  @Test
  void should_be_vacuous_from_one_on() {
    assertThat(new ClassErrorBound(1, 0.5, 0.25, 0.25).vacuous()).isTrue();
    assertThat(new ClassErrorBound(1, 0.5, 0.25, 0.2499).vacuous()).isFalse();
    LinearHeadBound bound = new LinearHeadBound(10, FeatureOrigin.OTHER_IMAGES);
    ErrorBounds bounds = bound.of(losses(2, new int[] {9, 9}, 0), 1, 1, constant(2, 0.5));

    assertThat(bounds.balancedError()).isEqualTo(1);
    assertThat(bounds.vacuous()).isTrue();
    assertThat(bounds.toString()).contains("Mean over 2 classes: vacuous. Vacuous: 2;");
  }

  @Test
  void should_say_that_nothing_is_guaranteed_if_the_features_saw_the_images() {
    LinearHeadBound bound = new LinearHeadBound(1, FeatureOrigin.SAME_IMAGES);
    ErrorBounds bounds = bound.of(losses(25, new int[25], 0), 1, 1, constant(25, 0.5));

    assertThat(bounds.toString())
        .contains("... and 5 more", "NO GUARANTEE: the features were trained on the same images")
        .doesNotContain("probability");
  }

  @Test
  void should_move_as_the_formula_says() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("laws");
          int n = random.nextInt(50, 5000);
          double norm = random.nextDouble(0.1, 5);
          double margin = random.nextDouble(0.1, 0.6);
          double delta = random.nextDouble(0.01, 0.5);
          double base = value(3, n, norm, 1, margin, delta);

          assertThat(value(3, 2 * n, norm, 1, margin, delta)).as("examples").isLessThan(base);
          assertThat(value(3, n, 2 * norm, 1, margin, delta)).as("B").isGreaterThan(base);
          assertThat(value(3, n, norm, 2, margin, delta))
              .as("R is worth as much as B")
              .isCloseTo(value(3, n, 2 * norm, 1, margin, delta), EXACT);
          assertThat(value(4, n, norm, 1, margin, delta)).as("classes").isGreaterThan(base);
          assertThat(value(3, n, norm, 1, margin, delta / 2)).as("delta").isGreaterThan(base);
          // No loss of these lies between the two margins, so only the complexity changes.
          assertThat(value(3, n, norm, 1, margin * 0.9, delta)).as("margin").isGreaterThan(base);
        });
  }

  @Test
  void should_hold_for_every_head_if_the_data_are_drawn_anew() {
    // Two classes on the unit circle, about angle 0 and about pi, and heads c/2 (u, -u): the
    // logits' difference is c cos(angle of example - angle of head), and the class's error the
    // probability that this is not above 0.
    double sigma = 0.6;
    int examples = 20_000;
    double weightNorm = 3;
    double c = Math.sqrt(2) * weightNorm;
    LinearHeadBound bound = new LinearHeadBound(weightNorm, FeatureOrigin.OTHER_IMAGES);
    TestSeed.run(
        streams -> {
          int informative = 0;
          for (int draw = 0; draw < 5; draw++) {
            RandomGenerator random = streams.stream("draw=" + draw);
            double[] angles =
                IntStream.range(0, 2 * examples)
                    .mapToDouble(i -> sigma * random.nextGaussian())
                    .toArray();
            int[] labels = IntStream.range(0, angles.length).map(i -> i % 2).toArray();
            for (int step = 0; step < 24; step++) {
              double head = 2 * Math.PI * step / 24;
              float[] logits = new float[2 * angles.length];
              for (int i = 0; i < angles.length; i++) {
                double own = c / 2 * Math.cos(angles[i] - head);
                logits[2 * i + labels[i]] = (float) own;
                logits[2 * i + 1 - labels[i]] = (float) -own;
              }
              TrainLosses losses = TrainLosses.of(new Predictions(logits, 2, labels));

              ErrorBounds bounds = bound.of(losses, weightNorm, 1, constant(2, 0.5));

              for (int j = 0; j < 2; j++) {
                ClassErrorBound ofClass = bounds.classes().get(j).orElseThrow();
                assertThat(ofClass.value())
                    .as("class %d, head at %f, draw %d", j, head, draw)
                    .isGreaterThanOrEqualTo(error(sigma, head));
                informative += ofClass.vacuous() ? 0 : 1;
              }
            }
          }
          assertThat(informative).as("bounds that say something").isGreaterThan(5 * 2 * 8);
        });
  }

  /** The probability that cos(angle - head) is not above 0, for a normal angle. */
  private static double error(double sigma, double head) {
    NormalDistribution angle = new NormalDistribution(0, sigma);
    double error = 0;
    for (int turn = -2; turn <= 2; turn++) {
      double from = head + Math.PI / 2 + 2 * Math.PI * turn;
      error += angle.probability(from, from + Math.PI);
    }
    return error;
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    LinearHeadBound bound = new LinearHeadBound(1, FeatureOrigin.OTHER_IMAGES);
    TrainLosses losses = losses(2, new int[] {9, 9}, 0);

    assertThatThrownBy(() -> bound.of(losses, 1, 1))
        .hasMessage("margins: at least one candidate is needed");
    assertThatThrownBy(() -> bound.of(losses, 1, 1, new double[] {1}))
        .hasMessage("margins[0]: expected one for each of 2 classes, got 1");
    assertThatThrownBy(() -> bound.of(losses, 1, 1, constant(2, Double.NaN)))
        .hasMessage("margins[0]: must be finite, has NaN");
    assertThatThrownBy(() -> bound.of(losses, Double.NaN, 1, constant(2, 1)))
        .hasMessage("weightNorm: must be >= 0, was NaN");
    assertThatThrownBy(() -> bound.of(losses, 1, 0, constant(2, 1)))
        .hasMessage("featureNorm: must be > 0 and finite, was 0.0");
    assertThatThrownBy(() -> new LinearHeadBound(List.of(), 1, 0.1, FeatureOrigin.OTHER_IMAGES))
        .hasMessage("weightNorms: at least one is needed");
    assertThatThrownBy(
            () -> new LinearHeadBound(List.of(2.0, 1.0), 1, 0.1, FeatureOrigin.OTHER_IMAGES))
        .hasMessage("weightNorms: must be > 0, finite and ascending, were [2.0, 1.0]");
    assertThatThrownBy(() -> new LinearHeadBound(List.of(1.0), 1, 1, FeatureOrigin.OTHER_IMAGES))
        .hasMessage("delta: must be in (0, 1), was 1.0");
  }

  /** So many examples a class; a share of them has loss 0.6, the rest 0. */
  private static TrainLosses losses(int classes, int[] counts, double share) {
    int[] labels =
        IntStream.range(0, classes)
            .flatMap(c -> IntStream.generate(() -> c).limit(counts[c]))
            .toArray();
    double[] losses = new double[labels.length];
    int at = 0;
    for (int count : counts) {
      Arrays.fill(losses, at, at + (int) Math.rint(share * count), 0.6);
      at += count;
    }
    return TrainLosses.of(losses, labels, classes);
  }

  private static double[] constant(int classes, double margin) {
    double[] margins = new double[classes];
    Arrays.fill(margins, margin);
    return margins;
  }

  private static ClassErrorBound first(ErrorBounds bounds) {
    return bounds.classes().get(0).orElseThrow();
  }

  private static double value(
      int classes, int n, double weightNorm, double featureNorm, double margin, double delta) {
    LinearHeadBound bound =
        new LinearHeadBound(List.of(weightNorm), 1, delta, FeatureOrigin.OTHER_IMAGES);
    int[] counts = new int[classes];
    Arrays.fill(counts, n);
    return first(
            bound.of(
                losses(classes, counts, 0), weightNorm, featureNorm, constant(classes, margin)))
        .value();
  }
}
