package org.equipoise.experiments.run;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.Images;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.config.ConfigException;
import org.equipoise.experiments.config.DataConfig;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.config.InputNormalisation;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Problem;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.weights.Pretrained;
import org.equipoise.experiments.weights.WeightFile;

/** What runs read: the data set, and the files of a pretrained model. */
public final class RunInputs {

  private static final String WEIGHTS_KEY = "model.pretrained.file";
  private static final String BACKBONE_KEY = "model.backbone.file";

  private final String name;
  private final DatasetSpec dataset;
  private final DataConfig treatment;
  private final ModelConfig model;
  private final Path directory;

  private RunInputs(
      String name, DatasetSpec dataset, DataConfig treatment, ModelConfig model, Path directory) {
    this.name = name;
    this.dataset = dataset;
    this.treatment = treatment;
    this.model = model;
    this.directory = directory;
  }

  /**
   * Returns what all runs of an experiment read.
   *
   * @param config the experiment
   * @param directory the folder of data sets
   * @return not read yet
   */
  public static RunInputs of(ExperimentConfig config, Path directory) {
    return new RunInputs(config.name(), config.dataset(), config.data(), config.model(), directory);
  }

  /**
   * Returns what one run reads.
   *
   * @param spec the run
   * @param directory the folder of data sets
   * @return not read yet
   */
  public static RunInputs of(RunSpec spec, Path directory) {
    return new RunInputs(spec.experiment(), spec.dataset(), spec.data(), spec.model(), directory);
  }

  /**
   * Reads the data set, and hashes the files of the model.
   *
   * @return the data set, its images normalised as the model wants them; its fingerprints have
   *     those of the model's files among them, and it says what is pretrained
   * @throws ConfigException if a file of the model is not there, or the images do not fit
   * @throws IOException if a file cannot be read
   */
  public LabelledData load() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    List<String> labels = new ArrayList<>();
    Optional<String> weights = model.pretrained().map(Pretrained::file);
    if (weights.isPresent()) {
      hash(WEIGHTS_KEY, weights.get(), files, labels);
    }
    Optional<String> backbone = model.backbone().pretrainedFile();
    if (backbone.isPresent()) {
      hash(BACKBONE_KEY, backbone.get(), files, labels);
    }
    LabelledData data = dataset.load(new DataContext(directory, treatment.acceptUnverified()));
    data.pretrained().ifPresent(labels::add);
    files.putAll(data.fingerprints());
    return new LabelledData(
        normalised(data.train()),
        normalised(data.test()),
        data.classNames(),
        data.published(),
        files,
        labels.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", labels)),
        data.validation().map(this::normalised));
  }

  private void hash(String key, String file, SortedMap<String, String> hashes, List<String> labels)
      throws IOException {
    Path path = directory.resolve(file);
    if (!Files.isRegularFile(path)) {
      String hint =
          Path.of(file).isAbsolute() ? "" : "; a relative path starts in the folder of data sets";
      throw broken(key, "there is no such file: " + path + hint);
    }
    String hash = Sha256.of(path);
    String plain = String.valueOf(path.getFileName());
    hashes.put(key + " " + plain, hash);
    labels.add(plain + " (SHA-256 " + hash.substring(0, 12) + ")");
  }

  private Examples normalised(Examples examples) {
    Optional<InputNormalisation> input = model.input();
    if (input.isEmpty() || !(examples instanceof Images images)) {
      return examples;
    }
    try {
      return input.get().applyTo(images);
    } catch (IllegalArgumentException e) {
      throw broken("model.input", e.getMessage());
    }
  }

  /**
   * Checks that the files of the model fit it. Starts the engine if there is something to check.
   *
   * @param data the data set, read
   * @throws ConfigException if they do not; it says all that is wrong
   */
  public void check(LabelledData data) {
    boolean module = model.backbone().pretrainedFile().isPresent();
    if (model.pretrained().isEmpty() && !module) {
      return;
    }
    Shape input = data.train().inputShape();
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                model.backbone().foundIn(directory),
                model.head(),
                input,
                data.classes(),
                new RandomStreams(0))) {
      model.pretrained().ifPresent(pretrained -> check(pretrained, network));
      if (module) {
        // What a network from a file takes is known to itself alone.
        network.infer(manager.zeros(new Shape(1).addAll(input)));
      }
    } catch (EngineException e) {
      String reason = String.valueOf(e.getMessage()).strip();
      throw broken(
          "model.backbone",
          "the network of "
              + model.backbone().pretrainedFile().orElse(model.backbone().typeName())
              + " does not take inputs "
              + input
              + ": "
              + reason.substring(reason.lastIndexOf('\n') + 1));
    } catch (IllegalArgumentException e) {
      throw e instanceof ConfigException ? e : broken("model.backbone", e.getMessage());
    }
  }

  private void check(Pretrained pretrained, Network network) {
    Path file = directory.resolve(pretrained.file());
    try {
      WeightFile.check(
          file, pretrained.names(), model.backbone(), network, pretrained.parts().ofNetwork());
    } catch (IOException e) {
      throw broken(WEIGHTS_KEY, e.getMessage());
    } catch (IllegalArgumentException e) {
      throw broken(
          WEIGHTS_KEY,
          file
              + " does not fit backbone \""
              + model.backbone().typeName()
              + "\":\n"
              + e.getMessage().indent(3).stripTrailing());
    }
  }

  private ConfigException broken(String key, String what) {
    return new ConfigException(name, List.of(new Problem(key, what)));
  }
}
