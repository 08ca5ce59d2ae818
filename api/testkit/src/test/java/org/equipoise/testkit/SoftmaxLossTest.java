package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.SoftmaxLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.tensor.Scalars;
import org.junit.jupiter.api.Test;

/** The short way to a loss; that it keeps the contract is seen on {@code com.acme.Tempered}. */
class SoftmaxLossTest {

  @Test
  void should_be_the_cross_entropy_of_what_the_logits_become() {
    SoftmaxLoss doubled =
        new SoftmaxLoss("toy", z -> Scalars.times(z, 2), c -> Explanation.of(c, "Doubled."));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(new double[][] {{0, Math.log(2)}});
      Targets second = new Targets.ClassIds(manager.create(new long[] {1}));
      Targets both = new Targets.Soft(manager.create(new double[][] {{0.25, 0.75}}));

      NDArray hard = doubled.perExample(LossInput.of(logits, second));
      NDArray soft = doubled.perExample(LossInput.of(logits, both));

      assertThat(hard.getDataType()).isEqualTo(DataType.FLOAT64);
      // Twice log 2 are odds of 4 to 1.
      assertThat(hard.toDoubleArray()[0]).isEqualTo(-Math.log(0.8), within(1e-12));
      assertThat(soft.toDoubleArray()[0])
          .isEqualTo(-0.25 * Math.log(0.2) - 0.75 * Math.log(0.8), within(1e-12));
    }
  }
}
