package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A study that takes seconds: real images, a small network, one epoch, one seed. */
final class TinyStudy {

  static final Path QUICKSTART = Path.of("../../configs/quickstart.yaml");

  private TinyStudy() {}

  /** Writes the config, with these arms after plain training, and returns its path. */
  static Path write(Path folder, String... arms) throws IOException {
    String config =
        """
        name: tiny
        dataset: {type: fashion-mnist-lt-mini}
        model: {backbone: {type: mlp, hidden: [16]}}
        training:
          epochs: 1
          batchSize: 256
          optimizer: {type: sgd, learningRate: 0.05}
        seeds: [1]
        arms:
          - {id: softmax, method: {loss: {type: cross-entropy}}}
        """;
    Path file = folder.resolve("tiny.yaml");
    return Files.writeString(file, config + String.join("\n", List.of(arms)) + "\n");
  }

  static List<Path> records(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(file -> file.endsWith("record.json")).sorted().toList();
    }
  }
}
