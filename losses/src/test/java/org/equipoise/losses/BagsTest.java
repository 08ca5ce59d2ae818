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
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BagsTest implements LossContract {

  private static final int GROUPS = 4;

  // Draws belong to places in the batch; only where all are taken does the order not matter.
  private static Bags everything() {
    return new Bags(List.of(10L, 100L, 1000L), 1e6, CountKind.INSTANCE);
  }

  @Override
  public LossSpec spec() {
    return everything();
  }

  @Override
  public String expectedTypeName() {
    return "bags";
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return LossInput.of(Wider.withMeans(logits, CLASSES, GROUPS), targets);
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return everything();
    }

    @Override
    public String expectedTypeName() {
      return "bags";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return Wider.withObjectness(Wider.withMeans(logits, CLASSES, GROUPS), targets);
    }
  }

  /** Two groups of two classes: the first is {0, 2}, the second {1, 3}. */
  private static final ClassCounts TWO_GROUPS = ClassCounts.of(5, 10, 9, 4000);

  @Test
  void should_equal_its_definition() {
    Toy.onBatch(
        toy -> {
          Bags spec = new Bags(List.of(10L), 1e6, CountKind.INSTANCE);
          LossInput in =
              Wider.withObjectness(
                  Wider.withMeans(toy.input().logits(), Toy.CLASSES, 2), toy.regions());
          double[] logits = in.logits().toDoubleArray();
          double[] objectness = in.objectness().orElseThrow().toDoubleArray();
          long[] labels = toy.regions().ids().toLongArray();
          int[][] columns = {{0, 2, 4}, {1, 3, 5}};

          double expected = 0;
          for (int i = 0; i < Toy.ROWS; i++) {
            double p = Toy.sigmoid(objectness[2 * i] - objectness[2 * i + 1]);
            expected -= Math.log(labels[i] == Toy.CLASSES ? 1 - p : p) / Toy.ROWS;
          }
          for (int[] group : columns) {
            double sum = 0;
            boolean any = false;
            for (int i = 0; i < Toy.ROWS; i++) {
              double denominator = 0;
              int label = group[2];
              for (int column : group) {
                denominator += Math.exp(logits[i * 6 + column]);
                label = labels[i] == column ? column : label;
              }
              any |= label != group[2];
              sum += Math.log(denominator) - logits[i * 6 + label];
            }
            expected += any ? sum / Toy.ROWS : 0;
          }

          assertThat(evaluate(spec, in)).isEqualTo(expected, within(1e-9));
        });
  }

  @Test
  void should_sample_the_rest_in_proportion_to_the_objects_of_a_group() {
    // One object of class 0 in the first group, none in the second, 99 rows of background.
    int rows = 100;
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.zeros(new Shape(rows, 6), DataType.FLOAT64);
      long[] ids = new long[rows];
      Arrays.fill(ids, 1, rows, Toy.CLASSES);
      Targets targets = new Targets.Regions(manager.create(ids), Toy.CLASSES);
      NDArray objectness = manager.zeros(new Shape(rows, 2), DataType.FLOAT64);
      BatchLoss loss =
          (BatchLoss)
              new Bags(List.of(10L), 8, CountKind.INSTANCE).bind(TrainStatistics.of(TWO_GROUPS));

      boolean[] first = sampled(loss, logits, targets, objectness, 1);

      assertThat(first[0]).as("the object").isTrue();
      assertThat(count(first)).isEqualTo(1 + 8);
      assertThat(sampled(loss, logits, targets, objectness, 1)).isEqualTo(first);
      int[] seen = new int[rows];
      for (int seed = 0; seed < 600; seed++) {
        boolean[] drawn = sampled(loss, logits, targets, objectness, seed);
        for (int i = 0; i < rows; i++) {
          seen[i] += drawn[i] ? 1 : 0;
        }
      }
      // 600 draws of 8 out of 99: 48 each, with a standard deviation below 7.
      for (int i = 1; i < rows; i++) {
        assertThat(seen[i]).as("row %d", i).isBetween(14, 83);
      }
    }
  }

  private static boolean[] sampled(
      BatchLoss loss, NDArray logits, Targets targets, NDArray objectness, long seed) {
    double[] gradient =
        GradientCheck.autograd(
            logits,
            z ->
                loss.evaluate(
                    new LossInput(
                        z,
                        targets,
                        Optional.of(objectness),
                        Optional.empty(),
                        Optional.empty(),
                        new SplittableRandom(seed))));
    boolean[] sampled = new boolean[gradient.length / 6];
    for (int i = 0; i < sampled.length; i++) {
      sampled[i] = gradient[i * 6] != 0;
      // No object of the second group, so nothing of it.
      assertThat(gradient[i * 6 + 1]).isZero();
    }
    return sampled;
  }

  private static int count(boolean[] values) {
    int count = 0;
    for (boolean value : values) {
      count += value ? 1 : 0;
    }
    return count;
  }

  @Test
  void should_group_classes_by_their_count() {
    BatchLoss loss =
        (BatchLoss) new Bags().bind(TrainStatistics.of(ClassCounts.of(0, 9, 10, 100, 5000)));

    assertThat(loss.explain(0).numbers())
        .containsEntry("group", 0.0)
        .containsEntry("othersPerObject", 8.0);
    assertThat(loss.explain(1).numbers())
        .containsEntry("group", 0.0)
        .containsEntry("classesInGroup", 2.0);
    assertThat(loss.explain(2).numbers()).containsEntry("group", 1.0);
    assertThat(loss.explain(3).numbers()).containsEntry("group", 2.0);
    assertThat(loss.explain(4).numbers()).containsEntry("group", 3.0);
  }

  @Test
  void should_refuse_labels_logits_and_hyperparameters_out_of_range() {
    Toy.onBatch(
        toy -> {
          LossInput in =
              LossInput.of(Wider.withMeans(toy.input().logits(), Toy.CLASSES, 4), toy.regions());
          Targets beyond =
              new Targets.ClassIds(toy.manager().create(new long[] {0, 1, 2, 3, 4, 0, 0}));
          assertThatThrownBy(() -> evaluate(new Bags(), in.withTargets(beyond)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("bags: example 4 has label 4 outside 0..3");
          assertThatThrownBy(() -> evaluate(new Bags(), in))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("bags: regions need objectness logits");
          assertThatThrownBy(() -> evaluate(new Bags(), toy.input()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "bags: logits have shape (7, 4); expected (N, 8), 4 classes and 4 others");
        });
    assertThatThrownBy(() -> new Bags(List.of(10L, 10L), 8, CountKind.INSTANCE))
        .hasMessage("bounds: must ascend from 1 on, were [10, 10]");
    assertThatThrownBy(() -> new Bags(List.of(), -1, CountKind.INSTANCE))
        .hasMessage("othersRatio: must be >= 0 and finite, was -1.0");
  }

  private static double evaluate(Bags spec, LossInput in) {
    return ((BatchLoss) spec.bind(TrainStatistics.of(TWO_GROUPS))).evaluate(in).toDoubleArray()[0];
  }
}
