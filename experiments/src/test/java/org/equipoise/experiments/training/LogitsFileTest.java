package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogitsFileTest {

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_read_back_what_was_written() throws IOException {
    Predictions predictions =
        new Predictions(new float[] {1.5f, -2, Float.MIN_VALUE, 3, -0f, 7}, 3, new int[] {2, 0});
    Path file = folder.resolve("logits.safetensors");

    String hash = LogitsFile.write(file, predictions);
    Predictions read = LogitsFile.read(file);

    assertThat(hash).isEqualTo(Sha256.of(file));
    assertThat(read.classes()).isEqualTo(3);
    assertThat(read.logits()).isEqualTo(predictions.logits());
    assertThat(read.labels()).containsExactly(2, 0);
  }

  @Test
  void should_say_what_it_expected_if_the_file_holds_something_else() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (NDManager manager = NDManager.newBaseManager()) {
      TensorFile.write(file, Map.of("w", manager.ones(new Shape(2))));
    }

    assertThatThrownBy(() -> LogitsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": holds [w]; expected logits, float32 (N, C), and labels, int64 (N)");
  }
}
