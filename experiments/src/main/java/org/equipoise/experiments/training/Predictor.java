package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.api.data.Examples;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/** Computes what the model of a trained stage says of the test split. */
public final class Predictor {

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
    float[] logits = new float[Math.multiplyExact(test.size(), classes)];
    try (NDManager manager = NDManager.newBaseManager();
        StagedExamples staged = StagedExamples.of(test, manager);
        Network network =
            Network.create(
                manager,
                task.backbone(),
                task.head(),
                test.inputShape(),
                classes,
                new RandomStreams(task.streams()))) {
      network.restore(new StageFolder(stageDirectory).readWeights(manager));
      int[] filled = {0};
      OrderedBatches.forEach(
          manager,
          network,
          staged,
          batch -> {
            float[] some = network.infer(batch.inputs()).logits().toFloatArray();
            System.arraycopy(some, 0, logits, filled[0], some.length);
            filled[0] += some.length;
          });
    }
    return new Predictions(logits, classes, test.labels());
  }
}
