package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdamTest implements LossContract {

  @Override
  public LossSpec spec() {
    // The published scale of 30 is too steep for finite differences at logits of a few units.
    return new Ldam(0.5, 3, false);
  }

  @Override
  public String expectedTypeName() {
    return "ldam";
  }

  /** The contract with logits that the head has scaled. */
  @Nested
  class OfScaledLogits implements LossContract {

    @Override
    public LossSpec spec() {
      return new Ldam(0.5, 30, true);
    }

    @Override
    public String expectedTypeName() {
      return "ldam";
    }

    // What is said of margin and scale is said of cosines, which these logits are no more.
    @Override
    public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
      LossInput cosines = LossInput.of(in.logits().div(30), in.targets());
      return LossContract.super.valuesExplained(cosines, classes);
    }
  }

  // Cao et al.: -log exp(s (z_y - m_y)) / (exp(s (z_y - m_y)) + sum over j != y of exp(s z_j)).
  @Test
  void should_take_the_margin_off_the_true_class() {
    Toy.onBatch(
        toy -> {
          double s = 2.5;
          double[] got = toy.evaluate(new Ldam(0.4, s, false));
          for (int i = 0; i < Toy.ROWS; i++) {
            int y = toy.label(i);
            double own = Math.exp(s * (toy.logits()[i][y] - margin(toy, 0.4, y)));
            double sum = own;
            for (int c = 0; c < Toy.CLASSES; c++) {
              sum += c == y ? 0 : Math.exp(s * toy.logits()[i][c]);
            }
            assertThat(got[i]).isEqualTo(-Math.log(own / sum), within(1e-9));
          }
        });
  }

  @Test
  void should_not_scale_twice_if_logits_are_scaled_already() {
    Toy.onBatch(
        toy -> {
          PerExampleLoss ofCosines = toy.bind(new Ldam(0.5, 16, false));
          PerExampleLoss ofScaled = toy.bind(new Ldam(0.5, 16, true));
          double[] cosines = ofCosines.perExample(toy.input()).toDoubleArray();

          double[] scaled =
              ofScaled
                  .perExample(
                      LossInput.of(toy.input().logits().mul(16), new Targets.ClassIds(toy.ids())))
                  .toDoubleArray();

          assertThat(scaled).containsExactly(cosines, within(1e-10));
        });
  }

  @Test
  void should_equal_cross_entropy_if_there_is_no_margin() {
    Toy.onBatch(
        toy ->
            assertThat(toy.evaluate(new Ldam(0, 30, true)))
                .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-12)));
  }

  @Test
  void should_explain_margins_that_fall_with_the_fourth_root_of_the_count() {
    PerExampleLoss loss =
        (PerExampleLoss) new Ldam().bind(TrainStatistics.of(ClassCounts.of(16_000, 1000)));

    Explanation head = loss.explain(0);

    assertThat(head.numbers().get("margin")).isEqualTo(0.25, within(1e-12));
    assertThat(head.numbers()).containsEntry("scale", 30.0);
    assertThat(loss.explain(1).numbers()).containsEntry("margin", 0.5);
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> new Ldam().bind(TrainStatistics.of(ClassCounts.of(5, 0, 3))))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("ldam: class 1 has no training example");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_margins_and_scales_out_of_range(double value) {
    assertThatThrownBy(() -> new Ldam(value, 30, false))
        .hasMessage("maxMargin: must be >= 0 and finite, was " + value);
    assertThatThrownBy(() -> new Ldam(0.5, value, false))
        .hasMessage("scale: must be > 0 and finite, was " + value);
  }

  private static double margin(Toy toy, double max, int classId) {
    double largest = 0;
    for (long n : toy.counts().toArray()) {
      largest = Math.max(largest, Math.pow((double) n, -0.25));
    }
    return max * Math.pow((double) toy.counts().count(classId), -0.25) / largest;
  }
}
