package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
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

class LadeTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new Lade(0.1, 0.01, 1e-8, 1e-9, PriorSource.TRAIN_COUNTS);
  }

  @Override
  public String expectedTypeName() {
    return "lade";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    double[][] logits = Explained.matrix(in.logits());
    long[] labels = ((Targets.ClassIds) in.targets()).ids().toLongArray();
    double value = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] shifted = logits[i].clone();
      Arrays.setAll(shifted, c -> shifted[c] + classes.get(c).numbers().get("logitShift"));
      value += Explained.crossEntropy(shifted, (int) labels[i]) / labels.length;
    }
    for (int c = 0; c < classes.size(); c++) {
      double prior = Math.exp(classes.get(c).numbers().get("logitShift"));
      double own = 0;
      double rows = 1e-8;
      double all = 0;
      for (int i = 0; i < labels.length; i++) {
        own += labels[i] == c ? logits[i][c] : 0;
        rows += labels[i] == c ? 1 : 0;
        all +=
            Math.exp(logits[i][c]) * (1.0 / classes.size() + 1e-9) / (prior + 1e-9) / labels.length;
      }
      double s = Math.log(all);
      double regularisation = classes.get(c).numbers().get("regularisation");
      value -= regularisation * (own / rows - s - 0.01 * s * s);
    }
    return Optional.of(new double[] {value});
  }

  @Test
  void should_regularise_each_class_by_the_batch() {
    Toy.onBatch(
        toy -> {
          double alpha = 0.3;
          double lambda = 0.2;
          double regulariser = 0;
          for (int c = 0; c < Toy.CLASSES; c++) {
            double pi = (double) toy.counts().count(c) / toy.counts().total();
            double own = 0;
            int rows = 0;
            double all = 0;
            for (int i = 0; i < Toy.ROWS; i++) {
              double z = toy.logits()[i][c];
              own += toy.label(i) == c ? z : 0;
              rows += toy.label(i) == c ? 1 : 0;
              all += Math.exp(z) / (pi * Toy.CLASSES) / Toy.ROWS;
            }
            double a = rows == 0 ? 0 : own / rows;
            double s = Math.log(all);
            regulariser -= pi * (a - s - lambda * s * s);
          }

          double got = evaluate(toy, new Lade(alpha, lambda, 0, 0, PriorSource.TRAIN_COUNTS));

          assertThat(got).isEqualTo(meanBalancedSoftmax(toy) + alpha * regulariser, within(1e-10));
        });
  }

  @Test
  void should_be_the_mean_balanced_softmax_if_alpha_is_zero() {
    Toy.onBatch(
        toy ->
            assertThat(evaluate(toy, new Lade(0, 0.5, 0, 0, PriorSource.TRAIN_COUNTS)))
                .isEqualTo(meanBalancedSoftmax(toy), within(1e-12)));
  }

  @Test
  void should_take_the_prior_that_the_sampler_draws_if_told_to() {
    TrainStatistics drawn =
        TrainStatistics.of(ClassCounts.of(900, 100)).withSampled(ClassPrior.of(0.5, 0.5));

    assertThat(
            new Lade(0.1, 0.01, 0, 0, PriorSource.SAMPLER_EFFECTIVE)
                .bind(drawn)
                .explain(0)
                .numbers())
        .containsEntry("logitShift", Math.log(0.5))
        .containsEntry("regularisation", 0.05);
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> new Lade().bind(TrainStatistics.of(ClassCounts.of(5, 0))))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("lade: class 1 has no training example");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void should_refuse_what_is_out_of_range(double value) {
    assertThatThrownBy(() -> new Lade(value, 0, 0, 0, PriorSource.TRAIN_COUNTS))
        .hasMessage("alpha: must be >= 0 and finite, was " + value);
    assertThatThrownBy(() -> new Lade(0, value, 0, 0, PriorSource.TRAIN_COUNTS))
        .hasMessage("lambda: must be >= 0 and finite, was " + value);
    assertThatThrownBy(() -> new Lade(0, 0, value, 0, PriorSource.TRAIN_COUNTS))
        .hasMessage("countEpsilon: must be >= 0 and finite, was " + value);
    assertThatThrownBy(() -> new Lade(0, 0, 0, value, PriorSource.TRAIN_COUNTS))
        .hasMessage("priorEpsilon: must be >= 0 and finite, was " + value);
  }

  private static double evaluate(Toy toy, Lade spec) {
    BatchLoss loss = (BatchLoss) spec.bind(TrainStatistics.of(toy.counts()));
    return loss.evaluate(toy.input()).getDouble();
  }

  private static double meanBalancedSoftmax(Toy toy) {
    return Arrays.stream(toy.evaluate(new BalancedSoftmax())).average().orElseThrow();
  }
}
