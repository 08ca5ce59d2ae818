package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluenceBalancedTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new InfluenceBalanced();
  }

  @Override
  public String expectedTypeName() {
    return "influence-balanced";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    double[][] features = Explained.matrix(in.features().orElseThrow());
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          int label = Explained.label(positive);
          var said = classes.get(label).numbers();
          double size = Arrays.stream(features[row]).map(Math::abs).sum();
          double influence = 2 * (1 - Explained.softmax(logits)[label]) * size;
          double weight = said.get("alpha") / (influence + said.get("epsilon"));
          return weight * Explained.crossEntropy(logits, label);
        });
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return Teachers.input(logits, targets);
  }

  @Test
  void should_divide_by_the_gradient_of_the_head() {
    Toy.onBatch(
        toy -> {
          double[][] features = new double[Toy.ROWS][];
          for (int i = 0; i < Toy.ROWS; i++) {
            features[i] = new double[] {i - 3, 0.5 * i};
          }
          double[] got =
              toy.bind(new InfluenceBalanced(7, 0.01))
                  .perExample(
                      with(toy, GoldenLoss.matrix(toy.manager(), features, DataType.FLOAT64)))
                  .toDoubleArray();
          for (int i = 0; i < Toy.ROWS; i++) {
            double[] p = toy.softmax(i, new double[Toy.CLASSES]);
            // The gradient of cross-entropy by the weights of a linear head is (p - e_y) f^T.
            double influence = 0;
            for (int c = 0; c < Toy.CLASSES; c++) {
              for (double f : features[i]) {
                influence += Math.abs((p[c] - (c == toy.label(i) ? 1 : 0)) * f);
              }
            }
            double expected = -Math.log(p[toy.label(i)]) * 7 / (influence + 0.01);
            assertThat(got[i]).isEqualTo(expected, within(1e-8 * Math.max(1, expected)));
          }
        });
  }

  @Test
  void should_weigh_by_alpha_over_epsilon_if_features_are_zero() {
    Toy.onBatch(
        toy -> {
          NDArray zero = toy.manager().zeros(new Shape(Toy.ROWS, 3), DataType.FLOAT64);
          double[] crossEntropy = toy.evaluate(new CrossEntropy());

          double[] got =
              toy.bind(new InfluenceBalanced(2, 0.5)).perExample(with(toy, zero)).toDoubleArray();

          for (int i = 0; i < Toy.ROWS; i++) {
            assertThat(got[i]).isEqualTo(4 * crossEntropy[i], within(1e-10));
          }
        });
  }

  @Test
  void should_say_that_features_are_missing() {
    Toy.onBatch(
        toy ->
            assertThatThrownBy(() -> toy.evaluate(new InfluenceBalanced()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "influence-balanced: needs the model's pooled features, (N, D), which are not"
                        + " there"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void should_refuse_what_is_out_of_range(double value) {
    assertThatThrownBy(() -> new InfluenceBalanced(value, 1))
        .hasMessage("alpha: must be > 0 and finite, was " + value);
    assertThatThrownBy(() -> new InfluenceBalanced(1, value))
        .hasMessage("epsilon: must be > 0 and finite, was " + value);
  }

  private static LossInput with(Toy toy, NDArray features) {
    NDArray logits = toy.input().logits();
    ModelOutputs unused = new ModelOutputs(Optional.empty(), features, logits, Map.of());
    return Teachers.with(logits, new Targets.ClassIds(toy.ids()), features, unused);
  }
}
