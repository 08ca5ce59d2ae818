package org.equipoise.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.equipoise.api.tensor.Scalars;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NoGradTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_record_nothing_within_and_again_afterwards() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray weight = weight(manager);

      NDArray constant = NoGrad.call(() -> Scalars.times(weight, 5));
      NDArray loss = constant.add(Scalars.times(weight, 2)).sum();
      collector.backward(loss);

      assertThat(weight.getGradient().toFloatArray()).containsExactly(2f);
    }
  }

  @Test
  void should_put_the_mode_back_if_the_body_throws() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray weight = weight(manager);

      assertThatThrownBy(
              () ->
                  NoGrad.call(
                      () -> {
                        throw new IOException("broken");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("broken");
      collector.backward(Scalars.times(weight, 2).sum());

      assertThat(weight.getGradient().toFloatArray()).containsExactly(2f);
    }
  }

  // The engine records by default in every thread but the one that started it.
  @Test
  void should_allow_a_change_in_place_if_the_thread_is_another() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = weight(manager);
      Callable<float[]> change = () -> NoGrad.call(() -> weight.subi(1).toFloatArray());

      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        assertThat(other.submit(change).get()).containsExactly(2f);
      } finally {
        other.shutdown();
      }
    }
  }

  private static NDArray weight(NDManager manager) {
    NDArray weight = manager.create(new float[] {3});
    weight.setRequiresGradient(true);
    return weight;
  }
}
