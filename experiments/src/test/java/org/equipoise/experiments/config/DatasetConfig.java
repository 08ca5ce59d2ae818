package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.Registry;

/** Data sets in configs, for tests of how their keys are read and written. */
public final class DatasetConfig {

  private static final Registry REGISTRY = Registry.load(DatasetConfig.class.getClassLoader());
  private static final ObjectMapper MAPPER = Json.mapper(REGISTRY);

  private DatasetConfig() {}

  /** Reads a study of which nothing matters but the data set. */
  public static DatasetSpec read(Path folder, String dataset) throws IOException {
    Path file = folder.resolve("study.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "dataset: " + dataset,
            "model: {backbone: {type: small-cnn}}",
            "training: {epochs: 1, batchSize: 8}",
            "seeds: [1]",
            "arms: [{id: softmax}]"));
    return new ConfigReader(REGISTRY, MAPPER).read(file, List.of()).dataset();
  }

  /** Writes a data set as records keep it. */
  public static String json(DatasetSpec spec) throws IOException {
    return MAPPER.writerFor(DatasetSpec.class).writeValueAsString(spec);
  }

  /** Reads what {@link #json} wrote. */
  public static DatasetSpec ofJson(String json) throws IOException {
    return MAPPER.readValue(json, DatasetSpec.class);
  }
}
