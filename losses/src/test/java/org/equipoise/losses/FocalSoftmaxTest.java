package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FocalSoftmaxTest implements LossContract {

  private static final List<Double> ALPHA = List.of(0.25, 1.0, 2.0, 0.5, 4.0);

  @Override
  public LossSpec spec() {
    return new FocalSoftmax(ALPHA, 2);
  }

  @Override
  public String expectedTypeName() {
    return "focal-softmax";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          int label = Explained.label(positive);
          var said = classes.get(label).numbers();
          double p = Explained.softmax(logits)[label];
          return said.get("alpha") * Math.pow(1 - p, said.get("gamma")) * -Math.log(p);
        });
  }

  @Override
  public LossSpec specForClassOrder(int[] order) {
    List<Double> alpha = new ArrayList<>();
    for (int old : order) {
      alpha.add(ALPHA.get(old));
    }
    return new FocalSoftmax(alpha, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 2, 5})
  void should_equal_its_definition(double gamma) {
    Toy.onBatch(
        toy -> {
          List<Double> alpha = List.of(0.5, 1.0, 2.0, 3.0);
          double[] got = toy.evaluate(new FocalSoftmax(alpha, gamma));
          for (int i = 0; i < Toy.ROWS; i++) {
            double p = toy.softmax(i, new double[Toy.CLASSES])[toy.label(i)];
            double expected = -alpha.get(toy.label(i)) * Math.pow(1 - p, gamma) * Math.log(p);
            assertThat(got[i]).isEqualTo(expected, within(1e-8));
          }
        });
  }

  @Test
  void should_equal_cross_entropy_if_gamma_is_zero() {
    Toy.onBatch(
        toy ->
            assertThat(toy.evaluate(new FocalSoftmax(List.of(), 0)))
                .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-8)));
  }

  // (1 - p)^gamma has an infinite slope at p = 1 for gamma below 1; the loss has none.
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2})
  void should_have_no_nan_in_its_gradient_if_the_answer_is_certain(double gamma) {
    PerExampleLoss loss = Toy.bindUniform(new FocalSoftmax(List.of(), gamma));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray certain =
          manager.create(
              new float[] {500, -500, 0, 0, 40, 0, 0, 0, 17, 0, 0, 0, 500, 500, 500, 500},
              new Shape(4, Toy.CLASSES));
      Targets first = new Targets.ClassIds(manager.zeros(new Shape(4), DataType.INT64));

      double[] gradient =
          GradientCheck.autograd(certain, z -> loss.perExample(LossInput.of(z, first)).sum());

      for (double g : gradient) {
        assertThat(g).isFinite();
      }
      assertThat(gradient).contains(0.0);
    }
  }

  @Test
  void should_be_zero_if_there_is_one_class_only() {
    PerExampleLoss loss =
        (PerExampleLoss) new FocalSoftmax().bind(TrainStatistics.of(ClassCounts.of(9)));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(new double[] {3, -500}, new Shape(2, 1));
      Targets only = new Targets.ClassIds(manager.zeros(new Shape(2), DataType.INT64));

      assertThat(loss.perExample(LossInput.of(logits, only)).toDoubleArray()).containsExactly(0, 0);
    }
  }

  @Test
  void should_refuse_alpha_of_another_length() {
    assertThatThrownBy(() -> Toy.bindUniform(new FocalSoftmax(List.of(1.0, 2.0), 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "focal-softmax: alpha has 2 factors; expected one for each of 4 classes, or none");
  }

  @Test
  void should_refuse_soft_targets() {
    Toy.onBatch(
        toy ->
            assertThatThrownBy(
                    () ->
                        toy.bind(new FocalSoftmax())
                            .perExample(toy.input().withTargets(new Targets.Soft(toy.oneHot()))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("focal-softmax: takes targets of type ClassIds, not Soft"));
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new FocalSoftmax(List.of(), -1))
        .hasMessage("gamma: must be >= 0 and finite, was -1.0");
    assertThatThrownBy(() -> new FocalSoftmax(List.of(1.0, -2.0), 2))
        .hasMessage("alpha: each must be >= 0 and finite, was [1.0, -2.0]");
  }
}
