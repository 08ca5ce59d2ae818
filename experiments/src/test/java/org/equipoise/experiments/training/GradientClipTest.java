package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientClipTest {

  private NDManager manager;
  private NDArray first;
  private NDArray second;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  // Together of norm 13: 3, 4 and 12.
  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    first = manager.create(new double[] {3, -4});
    second = manager.create(new double[] {12});
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void should_scale_all_gradients_by_one_factor_if_they_are_too_long_together() {
    GradientClip.apply(trainables(), 6.5);

    double factor = 6.5 / (13 + 1e-6);
    assertThat(first.toDoubleArray())
        .containsExactly(new double[] {3 * factor, -4 * factor}, within(1e-15));
    assertThat(second.toDoubleArray()).containsExactly(new double[] {12 * factor}, within(1e-15));
  }

  @Test
  void should_change_no_bit_if_they_are_short_enough() {
    GradientClip.apply(trainables(), 13.1);

    assertThat(first.toDoubleArray()).containsExactly(3, -4);
    assertThat(second.toDoubleArray()).containsExactly(12);
  }

  @Test
  void should_leave_nothing_behind() {
    List<Trainable> trainables = trainables();
    int arrays = TorchEngine.managedArrays();

    GradientClip.apply(trainables, 1);

    assertThat(TorchEngine.managedArrays()).isEqualTo(arrays);
  }

  private List<Trainable> trainables() {
    NDArray weight = manager.create(new double[] {1});
    return List.of(
        new Trainable("a", true, weight, first), new Trainable("b", false, weight, second));
  }
}
