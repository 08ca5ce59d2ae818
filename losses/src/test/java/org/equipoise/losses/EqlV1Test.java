package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EqlV1Test implements LossContract {

  @Override
  public LossSpec spec() {
    return new EqlV1();
  }

  @Override
  public String expectedTypeName() {
    return "eql-v1";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          double sum = 0;
          for (int c = 0; c < logits.length; c++) {
            double weight =
                positive[c] ? 1 : classes.get(c).numbers().get("negativeWeightOfOtherObjects");
            sum += weight * Toy.binaryCrossEntropy(logits[c], positive[c]);
          }
          return sum;
        });
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new FocalSigmoid(OptionalDouble.empty(), 0));
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return new EqlV1();
    }

    @Override
    public String expectedTypeName() {
      return "eql-v1";
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
      return new EqlV1();
    }

    @Override
    public String expectedTypeName() {
      return "eql-v1";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.multiHot(logits, random);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 1})
  void should_equal_its_definition(double gamma) {
    Toy.onBatch(
        toy -> {
          RandomGenerator random = new SplittableRandom(3);
          LossInput in = toy.input();
          Targets.Regions regions = (Targets.Regions) RandomTargets.regions(in.logits(), random);
          long[] labels = regions.ids().toLongArray();
          EqlV1 spec = new EqlV1(0.3, gamma, CountKind.INSTANCE);

          double[] got = toy.bind(spec).perExample(in.withTargets(regions)).toDoubleArray();

          RandomGenerator coins = new SplittableRandom(0);
          for (int i = 0; i < Toy.ROWS; i++) {
            double expected = 0;
            for (int j = 0; j < Toy.CLASSES; j++) {
              boolean out = gamma == 1 || (gamma > 0 && coins.nextDouble() < gamma);
              boolean rare = (double) toy.counts().count(j) / toy.counts().total() < 0.3;
              if (!out || !rare || labels[i] == Toy.CLASSES || labels[i] == j) {
                expected += Toy.binaryCrossEntropy(toy.logits()[i][j], labels[i] == j);
              }
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-8));
          }
        });
  }

  @Test
  void should_tell_image_shares_from_object_shares() {
    // Class 0 has few objects, but each in an image of its own.
    TrainStatistics train =
        new TrainStatistics(ClassCounts.of(10, 990), Optional.of(ClassCounts.of(10, 90)), 100);

    PerExampleLoss byImage = (PerExampleLoss) new EqlV1(0.05, 1, CountKind.IMAGE).bind(train);
    PerExampleLoss byObject = (PerExampleLoss) new EqlV1(0.05, 1, CountKind.INSTANCE).bind(train);

    assertThat(byImage.explain(0).numbers())
        .containsEntry("share", 0.1)
        .containsEntry("negativeWeightOfOtherObjects", 1.0);
    assertThat(byObject.explain(0).numbers())
        .containsEntry("share", 0.01)
        .containsEntry("negativeWeightOfOtherObjects", 0.0);
  }

  @Test
  void should_count_no_class_rare_whose_share_is_the_threshold() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(1, 3));

    PerExampleLoss loss = (PerExampleLoss) new EqlV1(0.25, 1, CountKind.INSTANCE).bind(train);

    assertThat(loss.explain(0).numbers()).containsEntry("negativeWeightOfOtherObjects", 1.0);
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new EqlV1(Double.NaN, 1, CountKind.IMAGE))
        .hasMessage("lambda: must be >= 0 and finite, was NaN");
    assertThatThrownBy(() -> new EqlV1(0.1, -1, CountKind.IMAGE))
        .hasMessage("gamma: must be in [0, 1], was -1.0");
  }
}
