package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.data.Examples;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.config.FrozenFeatures.Cached;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.data.StagedFeatures;
import org.equipoise.experiments.models.Network;

/** Computes what the model of a trained stage says of the test split. */
public final class Predictor {

  private final Optional<FeatureCache> features;

  /** Runs the whole model on every test image. */
  public Predictor() {
    this.features = Optional.empty();
  }

  /**
   * Takes the features of test images from a cache where those of the stage come from one. It
   * changes no bit: they are computed from the same batches.
   *
   * @param features where features of frozen backbones are kept
   */
  public Predictor(FeatureCache features) {
    this.features = Optional.of(features);
  }

  /**
   * Evaluates the weights at the end of a stage on the test split, without augmentation.
   *
   * @param task the stage
   * @param stageDirectory its folder, complete
   * @return logits, (N, C), and labels, in the order of the test split
   * @throws IOException if the weights are missing or damaged
   */
  public Predictions predict(StageTask task, Path stageDirectory) throws IOException {
    Examples test = task.data().test();
    int classes = task.data().classes();
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                task.backbone(),
                task.head(),
                test.inputShape(),
                classes,
                new RandomStreams(task.streams()))) {
      network.restore(new StageFolder(stageDirectory).readWeights(manager));
      float[] logits =
          features.isPresent() && task.frozenFeatures() instanceof Cached
              ? ofFeatures(manager, new FrozenBackbone(task, network, features.get()))
              : ofImages(manager, network, test);
      return new Predictions(logits, classes, test.labels());
    }
  }

  private static float[] ofImages(NDManager manager, Network network, Examples test) {
    try (StagedExamples staged = StagedExamples.of(test, manager)) {
      return logits(manager, network, staged);
    }
  }

  private static float[] ofFeatures(NDManager manager, FrozenBackbone backbone) throws IOException {
    int[] labels = backbone.task().data().test().labels();
    try (Network head = backbone.head(manager);
        StagedFeatures staged = new StagedFeatures(labels, manager)) {
      staged.show(backbone.test(manager));
      return logits(manager, head, staged);
    }
  }

  private static float[] logits(NDManager manager, Network network, StagedExamples examples) {
    List<float[]> batches = new ArrayList<>();
    OrderedBatches.forEach(
        manager,
        network,
        examples,
        batch -> batches.add(network.infer(batch.inputs()).logits().toFloatArray()));
    float[] logits = new float[batches.stream().mapToInt(some -> some.length).sum()];
    int filled = 0;
    for (float[] some : batches) {
      System.arraycopy(some, 0, logits, filled, some.length);
      filled += some.length;
    }
    return logits;
  }
}
