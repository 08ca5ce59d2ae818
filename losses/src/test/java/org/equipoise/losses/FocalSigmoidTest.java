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
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FocalSigmoidTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new FocalSigmoid(OptionalDouble.of(0.25), 2);
  }

  @Override
  public String expectedTypeName() {
    return "focal-sigmoid";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          double sum = 0;
          for (int c = 0; c < logits.length; c++) {
            var said = classes.get(c).numbers();
            double p = Toy.sigmoid(positive[c] ? logits[c] : -logits[c]);
            double alpha = said.get(positive[c] ? "alphaOfPositives" : "alphaOfNegatives");
            sum -= alpha * Math.pow(1 - p, said.get("gamma")) * Math.log(p);
          }
          return sum;
        });
  }

  /** The contract with any number of labels an example. */
  @Nested
  class WithMultiHotTargets implements LossContract {

    @Override
    public LossSpec spec() {
      return new FocalSigmoid();
    }

    @Override
    public String expectedTypeName() {
      return "focal-sigmoid";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.multiHot(logits, random);
    }
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return new FocalSigmoid();
    }

    @Override
    public String expectedTypeName() {
      return "focal-sigmoid";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 2})
  void should_equal_its_definition(double gamma) {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new FocalSigmoid(OptionalDouble.of(0.3), gamma));
          for (int i = 0; i < Toy.ROWS; i++) {
            double expected = 0;
            for (int j = 0; j < Toy.CLASSES; j++) {
              boolean positive = j == toy.label(i);
              double z = toy.logits()[i][j];
              double p = positive ? Toy.sigmoid(z) : Toy.sigmoid(-z);
              expected += (positive ? 0.3 : 0.7) * Math.pow(1 - p, gamma) * -Math.log(p);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-8));
          }
        });
  }

  @Test
  void should_see_a_background_region_as_negative_for_every_class() {
    Toy.onBatch(
        toy -> {
          NDArray background = toy.manager().full(new Shape(Toy.ROWS), Toy.CLASSES, DataType.INT64);
          LossInput in = toy.input().withTargets(new Targets.Regions(background, Toy.CLASSES));
          double[] got =
              toy.bind(new FocalSigmoid(OptionalDouble.empty(), 0)).perExample(in).toDoubleArray();
          for (int i = 0; i < Toy.ROWS; i++) {
            double expected = 0;
            for (double z : toy.logits()[i]) {
              expected += Toy.binaryCrossEntropy(z, false);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-8));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2})
  void should_have_no_nan_in_its_gradient_if_the_answer_is_certain(double gamma) {
    PerExampleLoss loss = Toy.bindUniform(new FocalSigmoid(OptionalDouble.empty(), gamma));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray certain =
          manager.create(new float[] {500, -500, -40, -17}, new Shape(1, Toy.CLASSES));
      Targets first = new Targets.ClassIds(manager.zeros(new Shape(1), DataType.INT64));

      double[] gradient =
          GradientCheck.autograd(certain, z -> loss.perExample(LossInput.of(z, first)).sum());

      for (double g : gradient) {
        assertThat(g).isFinite();
      }
    }
  }

  @Test
  void should_refuse_a_region_beyond_background() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossInput in =
          LossInput.of(
              Toy.zeros(manager, 2),
              new Targets.Regions(manager.create(new long[] {4, 5}), Toy.CLASSES));

      assertThatThrownBy(() -> Toy.bindUniform(new FocalSigmoid()).perExample(in))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("focal-sigmoid: example 1 has label 5 outside 0..4");
    }
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new FocalSigmoid(OptionalDouble.of(1), 2))
        .hasMessage("alpha: must be in (0, 1), was 1.0");
    assertThatThrownBy(() -> new FocalSigmoid(OptionalDouble.empty(), Double.NaN))
        .hasMessage("gamma: must be >= 0 and finite, was NaN");
  }
}
