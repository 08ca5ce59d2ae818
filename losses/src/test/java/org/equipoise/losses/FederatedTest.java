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
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FederatedTest implements LossContract {

  // With as many classes as there are, none is drawn: then the order does not matter.
  @Override
  public LossSpec spec() {
    return new Federated();
  }

  @Override
  public String expectedTypeName() {
    return "federated";
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    // One class: only those of the batch count, whatever else there is.
    @Override
    public LossSpec spec() {
      return new Federated(1, 0.5, CountKind.INSTANCE);
    }

    @Override
    public String expectedTypeName() {
      return "federated";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      Targets.Regions regions = (Targets.Regions) RandomTargets.regions(logits, random);
      long[] ids = regions.ids().toLongArray();
      ids[1] = 3;
      return new Targets.Regions(logits.getManager().create(ids), regions.classes());
    }
  }

  /** The contract with any number of labels an example. */
  @Nested
  class WithMultiHotTargets implements LossContract {

    @Override
    public LossSpec spec() {
      return new Federated();
    }

    @Override
    public String expectedTypeName() {
      return "federated";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.multiHot(logits, random);
    }
  }

  @Test
  void should_count_the_classes_of_the_batch_only_if_these_are_enough() {
    Toy.onBatch(
        toy -> {
          LossInput in = toy.input().withTargets(toy.regions());
          long[] labels = toy.regions().ids().toLongArray();
          double expected = 0;
          for (int j = 0; j < Toy.CLASSES; j++) {
            int classId = j;
            if (Arrays.stream(labels).anyMatch(label -> label == classId)) {
              for (int i = 0; i < Toy.ROWS; i++) {
                expected += Toy.binaryCrossEntropy(toy.logits()[i][j], labels[i] == j) / Toy.ROWS;
              }
            }
          }
          boolean empty = Arrays.stream(labels).allMatch(label -> label == Toy.CLASSES);
          BatchLoss loss =
              (BatchLoss)
                  new Federated(1, 0.5, CountKind.IMAGE).bind(TrainStatistics.of(toy.counts()));

          assertThat(empty).isFalse();
          assertThat(loss.evaluate(in).toDoubleArray()[0]).isEqualTo(expected, within(1e-8));
        });
  }

  @Test
  void should_fill_up_with_negatives_of_the_batch_s_stream() {
    BatchLoss loss =
        (BatchLoss)
            new Federated(3, 0.5, CountKind.IMAGE)
                .bind(TrainStatistics.of(ClassCounts.of(9, 9, 9, 9, 0, 9)));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.zeros(new Shape(2, 6), DataType.FLOAT64);
      Targets first = new Targets.Regions(manager.create(new long[] {0, 6}), 6);
      boolean[] ever = new boolean[6];
      for (int seed = 0; seed < 50; seed++) {
        boolean[] chosen = chosen(loss, logits, first, seed);

        assertThat(chosen).isEqualTo(chosen(loss, logits, first, seed));
        int size = 0;
        for (int c = 0; c < 6; c++) {
          ever[c] |= chosen[c];
          size += chosen[c] ? 1 : 0;
        }
        assertThat(size).isEqualTo(3);
        assertThat(chosen[0]).isTrue();
      }
      // The empty class alone is never drawn.
      assertThat(ever).containsExactly(true, true, true, true, false, true);
    }
  }

  @Test
  void should_draw_in_proportion_to_the_power_of_the_counts() {
    Federated.Bound loss =
        (Federated.Bound)
            new Federated(2, 0.5, CountKind.IMAGE)
                .bind(TrainStatistics.of(ClassCounts.of(1, 9, 36)));
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("draws");
          int[] firsts = new int[3];
          int[] second = new int[3];
          int draws = 20_000;
          for (int i = 0; i < draws; i++) {
            List<Integer> order = loss.drawn(new boolean[3], random);
            firsts[order.get(0)]++;
            second[order.get(1)] += order.get(0) == 2 ? 1 : 0;
          }
          // 1 : 3 : 6; four standard errors are 0.014.
          assertThat(firsts[0] / (double) draws).isEqualTo(0.1, within(0.015));
          assertThat(firsts[1] / (double) draws).isEqualTo(0.3, within(0.015));
          // Without replacement: after class 2, the others are 1 : 3.
          assertThat(second[1] / (double) firsts[2]).isEqualTo(0.75, within(0.02));
        });
  }

  @Test
  void should_say_how_often_a_class_is_drawn_and_how_many_are() {
    BatchLoss loss =
        (BatchLoss)
            new Federated(2, 0.5, CountKind.IMAGE)
                .bind(TrainStatistics.of(ClassCounts.of(100, 4, 0)));

    assertThat(loss.explain(0).numbers())
        .containsEntry("relativeRateOfBeingDrawn", 10.0)
        .containsEntry("classesOfABatch", 2.0);
    assertThat(loss.explain(1).numbers()).containsEntry("relativeRateOfBeingDrawn", 2.0);
    assertThat(loss.explain(2).numbers()).containsEntry("relativeRateOfBeingDrawn", 0.0);
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new Federated(0, 0.5, CountKind.IMAGE))
        .hasMessage("classes: must be >= 1, was 0");
    assertThatThrownBy(() -> new Federated(1, Double.NaN, CountKind.IMAGE))
        .hasMessage("power: must be >= 0 and finite, was NaN");
  }

  private static boolean[] chosen(BatchLoss loss, NDArray logits, Targets targets, long seed) {
    double[] gradient =
        GradientCheck.autograd(
            logits,
            z ->
                loss.evaluate(
                    new LossInput(
                        z,
                        targets,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new SplittableRandom(seed))));
    boolean[] chosen = new boolean[6];
    for (int c = 0; c < chosen.length; c++) {
      chosen[c] = gradient[c] != 0;
    }
    return chosen;
  }
}
