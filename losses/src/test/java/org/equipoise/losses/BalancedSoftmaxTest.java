package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedSoftmaxTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new BalancedSoftmax();
  }

  @Override
  public String expectedTypeName() {
    return "balanced-softmax";
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new CrossEntropy());
  }

  // Ren et al., equation 4: the softmax whose exponentials are weighted by the counts.
  @Test
  void should_be_the_softmax_weighted_by_counts() {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new BalancedSoftmax());
          for (int i = 0; i < Toy.ROWS; i++) {
            double sum = 0;
            for (int c = 0; c < Toy.CLASSES; c++) {
              sum += toy.counts().count(c) * Math.exp(toy.logits()[i][c]);
            }
            int y = toy.label(i);
            double p = toy.counts().count(y) * Math.exp(toy.logits()[i][y]) / sum;
            assertThat(got[i]).isEqualTo(-Math.log(p), within(1e-11));
          }
        });
  }

  // Menon et al., equation 11: a pairwise margin tau log(pi_j / pi_y) for each class j.
  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.25, 1, 1.75})
  void should_be_logit_adjustment_for_any_tau(double tau) {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new BalancedSoftmax(tau));
          for (int i = 0; i < Toy.ROWS; i++) {
            int y = toy.label(i);
            double sum = 0;
            for (int c = 0; c < Toy.CLASSES; c++) {
              double ratio = (double) toy.counts().count(c) / toy.counts().count(y);
              sum += Math.pow(ratio, tau) * Math.exp(toy.logits()[i][c] - toy.logits()[i][y]);
            }
            assertThat(got[i]).isEqualTo(Math.log(sum), within(1e-11));
          }
        });
  }

  @Test
  void should_equal_cross_entropy_if_tau_is_zero() {
    Toy.onBatch(
        toy ->
            assertThat(toy.evaluate(new BalancedSoftmax(0)))
                .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-12)));
  }

  @Test
  void should_take_soft_targets() {
    Toy.onBatch(
        toy ->
            assertThat(
                    toy.bind(new BalancedSoftmax())
                        .perExample(toy.input().withTargets(new Targets.Soft(toy.oneHot())))
                        .toDoubleArray())
                .containsExactly(toy.evaluate(new BalancedSoftmax()), within(1e-12)));
  }

  // Under class-balanced sampling the train counts would be corrected twice.
  @Test
  void should_correct_what_the_sampler_draws_if_told_to() {
    Toy.onBatch(
        toy -> {
          LossSpec spec = new BalancedSoftmax(1, PriorSource.SAMPLER_EFFECTIVE);
          TrainStatistics train = TrainStatistics.of(toy.counts());
          PerExampleLoss balanced =
              (PerExampleLoss) spec.bind(train.withSampled(ClassPrior.of(0.25, 0.25, 0.25, 0.25)));
          PerExampleLoss instances =
              (PerExampleLoss) spec.bind(train.withSampled(toy.counts().prior()));

          assertThat(balanced.perExample(toy.input()).toDoubleArray())
              .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-12));
          assertThat(instances.perExample(toy.input()).toDoubleArray())
              .containsExactly(toy.evaluate(new BalancedSoftmax()), within(1e-12));
        });
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(5, 0, 3));

    assertThatThrownBy(() -> new BalancedSoftmax().bind(train))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("balanced-softmax: class 1 has no training example");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_a_tau_that_is_not_finite(double tau) {
    assertThatThrownBy(() -> new BalancedSoftmax(tau))
        .hasMessage("tau: must be finite, was " + tau);
  }

  @Test
  void should_explain_the_shift() {
    Explanation explanation =
        new BalancedSoftmax(2).bind(TrainStatistics.of(ClassCounts.of(3, 1))).explain(1);

    assertThat(explanation.numbers())
        .containsEntry("prior", 0.25)
        .containsEntry("logitShift", 2 * Math.log(0.25));
  }
}
