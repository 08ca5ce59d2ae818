package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_give_the_logits_of_the_stored_weights_for_every_test_image_in_order()
      throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet()).withEpochs(1);
    train(toy);
    int before = TorchEngine.managedArrays();

    Predictions predictions = new Predictor().predict(toy.task(), folder);

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
    assertThat(predictions.size()).isEqualTo(300);
    assertThat(predictions.classes()).isEqualTo(3);
    assertThat(predictions.labels()).isEqualTo(toy.task().data().test().labels());
    // The images one by one, where the predictor takes them by the hundred.
    try (NDManager manager = NDManager.newBaseManager();
        StagedExamples images = StagedExamples.of(toy.task().data().test(), manager);
        Network network =
            Network.create(
                manager,
                toy.backbone(),
                toy.task().head(),
                new Shape(1, 6, 6),
                3,
                new RandomStreams(99))) {
      network.restore(TensorFile.read(manager, folder.resolve("weights.safetensors")));
      for (int i : new int[] {0, 1, 99, 100, 255, 256, 299}) {
        float[] logits =
            network
                .infer(
                    images
                        .batch(manager, new int[] {i}, List.of(), new SplittableRandom(0))
                        .inputs())
                .logits()
                .toFloatArray();
        assertThat(IntStream.range(0, 3).mapToDouble(c -> predictions.logits()[3 * i + c]))
            .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1)
            .containsExactly((double) logits[0], (double) logits[1], (double) logits[2]);
      }
    }
  }

  @Test
  void should_give_the_same_bits_every_time() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet()).withEpochs(1);
    train(toy);

    assertThat(new Predictor().predict(toy.task(), folder).logits())
        .isEqualTo(new Predictor().predict(toy.task(), folder).logits());
  }

  @Test
  void should_refuse_weights_that_are_not_those_of_the_stage() throws IOException {
    Toy toy = new Toy().withEpochs(1);
    train(toy);
    Path weights = folder.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    assertThatThrownBy(() -> new Predictor().predict(toy.task(), folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(weights + ": SHA-256 is ");
  }

  @Test
  void should_refuse_a_stage_that_is_not_complete() {
    assertThatThrownBy(() -> new Predictor().predict(new Toy().task(), folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder + ": no complete stage");
  }

  private void train(Toy toy) throws IOException {
    new StageTrainer().train(toy.task(), folder, new Events(), () -> false);
  }
}
