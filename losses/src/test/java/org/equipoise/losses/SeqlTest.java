package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;

class SeqlTest implements LossContract {

  // Coins belong to places in the batch; only without them does the order not matter.
  @Override
  public LossSpec spec() {
    return new Seql(0.005, 1);
  }

  @Override
  public String expectedTypeName() {
    return "seql";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    // With gamma 1 what may be left out is left out.
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          double sum = 0;
          for (int c = 0; c < logits.length; c++) {
            double kept = 1 - classes.get(c).numbers().get("leftOutProbability");
            sum += (positive[c] ? 1 : kept) * Math.exp(logits[c]);
          }
          return Math.log(sum) - logits[Explained.label(positive)];
        });
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new CrossEntropy());
  }

  @Test
  void should_equal_its_definition() {
    Toy.onBatch(
        toy -> {
          Seql spec = new Seql(0.3, 0.6);
          double[] got = toy.evaluate(spec);

          // The stream of a plain input is the one of seed 0.
          RandomGenerator coins = new SplittableRandom(0);
          for (int i = 0; i < Toy.ROWS; i++) {
            double denominator = 0;
            for (int j = 0; j < Toy.CLASSES; j++) {
              boolean out = coins.nextDouble() < 0.6;
              boolean rare = (double) toy.counts().count(j) / toy.counts().total() < 0.3;
              if (!out || !rare || j == toy.label(i)) {
                denominator += Math.exp(toy.logits()[i][j]);
              }
            }
            double expected = Math.log(denominator) - toy.logits()[i][toy.label(i)];
            assertThat(got[i]).isEqualTo(expected, within(1e-10));
          }
        });
  }

  @Test
  void should_be_cross_entropy_if_gamma_is_zero() {
    Toy.onBatch(
        toy ->
            assertThat(toy.evaluate(new Seql(1, 0)))
                .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-12)));
  }

  @Test
  void should_draw_the_same_mask_from_the_same_stream_and_leave_out_as_often_as_gamma_says() {
    int rows = 4000;
    PerExampleLoss loss =
        (PerExampleLoss) new Seql(0.5, 0.9).bind(TrainStatistics.of(ClassCounts.of(999, 1)));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.zeros(new Shape(rows, 2), DataType.FLOAT64);
      Targets head = new Targets.ClassIds(manager.zeros(new Shape(rows), DataType.INT64));

      double[] once = loss.perExample(seeded(logits, head, 7)).toDoubleArray();

      assertThat(loss.perExample(seeded(logits, head, 7)).toDoubleArray()).isEqualTo(once);
      assertThat(loss.perExample(seeded(logits, head, 8)).toDoubleArray()).isNotEqualTo(once);
      // Left out, the loss is log 1; kept, log 2. The rate's standard error is 0.005.
      assertThat(Arrays.stream(once).filter(l -> l == 0).count() / (double) rows)
          .isEqualTo(0.9, within(0.02));
    }
  }

  @Test
  void should_explain_what_it_does_to_rare_classes_only() {
    PerExampleLoss loss =
        (PerExampleLoss) new Seql(0.005, 0.9).bind(TrainStatistics.of(ClassCounts.of(995, 5, 0)));

    // The threshold is strict.
    assertThat(loss.explain(0).numbers()).containsEntry("leftOutProbability", 0.0);
    assertThat(loss.explain(1).numbers()).containsEntry("leftOutProbability", 0.0);
    assertThat(loss.explain(2).numbers()).containsEntry("leftOutProbability", 0.9);
  }

  @Test
  void should_refuse_targets_and_hyperparameters_that_make_no_sense() {
    Toy.onBatch(
        toy ->
            assertThatThrownBy(
                    () ->
                        toy.bind(new Seql())
                            .perExample(
                                toy.input()
                                    .withTargets(new Targets.Regions(toy.ids(), Toy.CLASSES))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("seql: takes targets of type ClassIds, not Regions"));
    assertThatThrownBy(() -> new Seql(-1, 0.9))
        .hasMessage("lambda: must be >= 0 and finite, was -1.0");
    assertThatThrownBy(() -> new Seql(0.1, 1.1)).hasMessage("gamma: must be in [0, 1], was 1.1");
  }

  private static LossInput seeded(NDArray logits, Targets targets, long seed) {
    return new LossInput(
        logits,
        targets,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new SplittableRandom(seed));
  }
}
