package org.equipoise.experiments.config;

import java.nio.file.Path;
import java.util.List;

/** Reads the configs of the project, with what only their user knows. */
public final class CommittedConfigs {

  private CommittedConfigs() {}

  /** Reads one, with some extractor if it is of features. */
  public static ExperimentConfig read(ConfigReader reader, Path file) {
    return reader.read(
        file,
        file.endsWith("features/heads.yaml")
            ? List.of("dataset.extractor=CLIP ViT-B/32")
            : List.of());
  }
}
