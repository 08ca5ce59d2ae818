package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedSigmoidTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new BalancedSigmoid();
  }

  @Override
  public String expectedTypeName() {
    return "balanced-sigmoid";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          double sum = 0;
          for (int c = 0; c < logits.length; c++) {
            double shift = classes.get(c).numbers().get("logitShift");
            sum += Toy.binaryCrossEntropy(logits[c] + shift, positive[c]);
          }
          return sum;
        });
  }

  /** The contract with the constant, by which uniform counts shift nothing. */
  @Nested
  class WithTheConstant implements LossContract {

    @Override
    public LossSpec spec() {
      return new BalancedSigmoid(true);
    }

    @Override
    public String expectedTypeName() {
      return "balanced-sigmoid";
    }

    @Override
    public Optional<LossSpec> equalUnderUniformCounts() {
      return Optional.of(new FocalSigmoid(OptionalDouble.empty(), 0));
    }
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return new BalancedSigmoid();
    }

    @Override
    public String expectedTypeName() {
      return "balanced-sigmoid";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }
  }

  /** The contract with any number of labels an example. */
  @Nested
  class WithMultiHotTargets implements LossContract {

    @Override
    public LossSpec spec() {
      return new BalancedSigmoid();
    }

    @Override
    public String expectedTypeName() {
      return "balanced-sigmoid";
    }

    @Override
    public TrainStatistics statistics(long... counts) {
      // Half the examples have no label at all.
      ClassCounts labels = ClassCounts.of(counts);
      return new TrainStatistics(labels, Optional.of(labels), 2 * labels.total());
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.multiHot(logits, random);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void should_shift_by_the_log_odds_of_the_positive_rate(boolean keepConstant) {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new BalancedSigmoid(keepConstant));
          for (int i = 0; i < Toy.ROWS; i++) {
            double expected = 0;
            for (int j = 0; j < Toy.CLASSES; j++) {
              double rate = (double) toy.counts().count(j) / toy.counts().total();
              double shift = Math.log(rate / (1 - rate));
              shift += keepConstant ? Math.log(Toy.CLASSES - 1) : 0;
              expected += Toy.binaryCrossEntropy(toy.logits()[i][j] + shift, j == toy.label(i));
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-8));
          }
        });
  }

  @Test
  void should_not_shift_background_regions() {
    Toy.onBatch(
        toy -> {
          NDArray background = toy.manager().full(new Shape(Toy.ROWS), Toy.CLASSES, DataType.INT64);
          Targets targets = new Targets.Regions(background, Toy.CLASSES);

          double[] balanced =
              toy.bind(new BalancedSigmoid())
                  .perExample(toy.input().withTargets(targets))
                  .toDoubleArray();
          double[] plain =
              toy.bind(new FocalSigmoid(OptionalDouble.empty(), 0))
                  .perExample(toy.input().withTargets(targets))
                  .toDoubleArray();

          assertThat(balanced).containsExactly(plain, within(1e-12));
        });
  }

  @Test
  void should_see_foreground_regions_as_class_ids() {
    Toy.onBatch(
        toy ->
            assertThat(
                    toy.bind(new BalancedSigmoid())
                        .perExample(
                            toy.input().withTargets(new Targets.Regions(toy.ids(), Toy.CLASSES)))
                        .toDoubleArray())
                .containsExactly(toy.evaluate(new BalancedSigmoid()), within(1e-12)));
  }

  @Test
  void should_differ_from_cross_entropy_under_uniform_counts_if_the_constant_is_dropped() {
    Toy.onBatch(
        toy -> {
          double[] dropped =
              Toy.bindUniform(new BalancedSigmoid(false)).perExample(toy.input()).toDoubleArray();
          double[] plain =
              Toy.bindUniform(new FocalSigmoid(OptionalDouble.empty(), 0))
                  .perExample(toy.input())
                  .toDoubleArray();

          assertThat(Math.abs(dropped[0] - plain[0])).isGreaterThan(1e-3);
        });
  }

  /**
   * The minimiser of the expected loss at one point x is not the balanced Bayes rule: the raw
   * logits that are stationary there order the classes by odds ratio, not by p / pi.
   */
  @Test
  void should_not_be_consistent_for_the_balanced_error_of_three_classes() {
    double[] pi = {0.9, 0.02, 0.08};
    double[] p = {0.95, 0.03, 0.02};
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(90, 2, 8));
    PerExampleLoss loss = (PerExampleLoss) new BalancedSigmoid().bind(train);

    double[] minimiser = new double[3];
    for (int c = 0; c < 3; c++) {
      double oddsRatio = p[c] / (1 - p[c]) / (pi[c] / (1 - pi[c]));
      minimiser[c] = Math.log(oddsRatio);
    }

    assertThat(largest(p[0] / pi[0], p[1] / pi[1], p[2] / pi[2])).isEqualTo(1);
    assertThat(largest(minimiser)).isEqualTo(0);
    assertThat(expectedLossGradient(loss, p, minimiser))
        .containsExactly(new double[3], within(1e-9));
  }

  @Test
  void should_refuse_the_constant_if_targets_are_multi_hot() {
    Toy.onBatch(
        toy ->
            assertThatThrownBy(
                    () ->
                        toy.bind(new BalancedSigmoid(true))
                            .perExample(
                                toy.input().withTargets(new Targets.MultiHot(toy.oneHot()))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("keepConstant assumes one class an example"));
  }

  @Test
  void should_use_image_counts_if_there_are_any() {
    // Three boxes of class 0 in one of four images.
    TrainStatistics train =
        new TrainStatistics(ClassCounts.of(3, 2), Optional.of(ClassCounts.of(1, 2)), 4);

    assertThat(new BalancedSigmoid().bind(train).explain(0).numbers())
        .containsEntry("positiveRate", 0.25)
        .hasEntrySatisfying(
            "logitShift", shift -> assertThat(shift).isEqualTo(-Math.log(3), within(1e-15)));
  }

  @Test
  void should_take_the_rates_that_the_sampler_draws_if_told_to() {
    BalancedSigmoid spec = new BalancedSigmoid(false, PriorSource.SAMPLER_EFFECTIVE);
    TrainStatistics oneLabel = TrainStatistics.of(ClassCounts.of(90, 9, 1));
    ClassPrior drawn = ClassPrior.of(0.25, 0.25, 0.5);

    BoundLoss bound = spec.bind(oneLabel.withSampled(drawn));

    assertThat(bound.explain(0).numbers()).containsEntry("positiveRate", 0.25);
    assertThat(bound.logitShift().orElseThrow().toArray())
        .containsExactly(new double[] {-Math.log(3), -Math.log(3), 0}, within(1e-15));
    assertThatThrownBy(() -> spec.bind(oneLabel))
        .hasMessageStartingWith("balanced-sigmoid: prior sampler-effective needs the class");
    ClassCounts labels = ClassCounts.of(3, 2, 2);
    for (TrainStatistics several :
        List.of(
            new TrainStatistics(labels, Optional.empty(), 6),
            new TrainStatistics(labels, Optional.of(labels), 7))) {
      assertThatThrownBy(() -> spec.bind(several.withSampled(drawn)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "balanced-sigmoid: prior sampler-effective is a distribution of one label an example,"
                  + " but here an example may have several or none; use train-counts");
    }
  }

  @Test
  void should_refuse_a_rate_of_zero_or_one() {
    assertThatThrownBy(
            () -> new BalancedSigmoid().bind(TrainStatistics.of(ClassCounts.of(5, 0, 1))))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("balanced-sigmoid: class 1");
    // Five boxes in four images, and no image counts.
    assertThatThrownBy(
            () ->
                new BalancedSigmoid()
                    .bind(new TrainStatistics(ClassCounts.of(5, 1), Optional.empty(), 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("balanced-sigmoid: class 0 has positive rate 1.25; expected < 1");
    assertThatThrownBy(() -> new BalancedSigmoid(true).bind(TrainStatistics.of(ClassCounts.of(5))))
        .hasMessage("balanced-sigmoid: keepConstant needs at least 2 classes, there is 1");
  }

  private static double[] expectedLossGradient(PerExampleLoss loss, double[] p, double[] logits) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray probabilities = manager.create(p);
      Targets each = new Targets.ClassIds(manager.create(new long[] {0, 1, 2}));
      return GradientCheck.autograd(
          manager.create(logits, new Shape(1, 3)),
          z -> loss.perExample(LossInput.of(z.repeat(0, 3), each)).mul(probabilities).sum());
    }
  }

  private static int largest(double... values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      best = values[c] > values[best] ? c : best;
    }
    return best;
  }
}
