package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new CrossEntropy(0.1);
  }

  @Override
  public String expectedTypeName() {
    return "cross-entropy";
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void should_equal_its_definition(double smoothing) {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new CrossEntropy(smoothing));
          for (int i = 0; i < Toy.ROWS; i++) {
            double[] p = toy.softmax(i, new double[Toy.CLASSES]);
            double expected = -(1 - smoothing) * Math.log(p[toy.label(i)]);
            for (double pj : p) {
              expected -= smoothing / Toy.CLASSES * Math.log(pj);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-12));
          }
        });
  }

  @Test
  void should_weight_each_smoothed_term_by_its_own_class() {
    Toy.onBatch(
        toy -> {
          double e = 0.2;
          double[] w = {2, 0.5, 1, 3};
          NDArray weights = toy.manager().create(w);
          double[] got =
              toy.bind(new CrossEntropy(e)).perExample(toy.input(), weights).toDoubleArray();
          for (int i = 0; i < Toy.ROWS; i++) {
            double[] p = toy.softmax(i, new double[Toy.CLASSES]);
            double expected = -(1 - e) * w[toy.label(i)] * Math.log(p[toy.label(i)]);
            for (int j = 0; j < Toy.CLASSES; j++) {
              expected -= e / Toy.CLASSES * w[j] * Math.log(p[j]);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-12));
          }
        });
  }

  @Test
  void should_be_the_expected_loss_if_targets_are_soft() {
    Toy.onBatch(
        toy -> {
          double[] hard = toy.evaluate(new CrossEntropy());
          double[] soft =
              toy.bind(new CrossEntropy())
                  .perExample(toy.input().withTargets(new Targets.Soft(toy.oneHot())))
                  .toDoubleArray();

          assertThat(soft).containsExactly(hard, within(1e-12));
        });
  }

  @Test
  void should_name_the_example_and_the_label_if_it_is_out_of_range() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = Toy.zeros(manager, 3);
      for (long wrong : new long[] {4, -1}) {
        LossInput in =
            LossInput.of(logits, new Targets.ClassIds(manager.create(new long[] {0, wrong, 3})));

        assertThatThrownBy(() -> Toy.bindUniform(new CrossEntropy()).perExample(in))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("cross-entropy: example 1 has label " + wrong + " outside 0..3");
      }
    }
  }

  @Test
  void should_refuse_logits_of_another_width() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossInput in =
          LossInput.of(
              manager.zeros(new Shape(2, 3)),
              new Targets.ClassIds(manager.create(new long[] {0, 1})));

      assertThatThrownBy(() -> Toy.bindUniform(new CrossEntropy()).perExample(in))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "cross-entropy: logits have shape (2, 3), but the loss was bound to counts of 4"
                  + " classes; expected (N, 4)");
    }
  }

  @Test
  void should_refuse_targets_with_several_labels_or_background() {
    Toy.onBatch(
        toy -> {
          for (Targets targets :
              new Targets[] {
                new Targets.MultiHot(toy.oneHot()), new Targets.Regions(toy.ids(), Toy.CLASSES)
              }) {
            assertThatThrownBy(
                    () -> toy.bind(new CrossEntropy()).perExample(toy.input().withTargets(targets)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                    "cross-entropy: takes targets of type ClassIds or Soft, not "
                        + targets.getClass().getSimpleName());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void should_refuse_a_smoothing_out_of_range(double smoothing) {
    assertThatThrownBy(() -> new CrossEntropy(smoothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelSmoothing: must be in [0, 1), was " + smoothing);
  }
}
