package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.equipoise.api.data.Examples;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.StagedBatch;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.models.Network;

/** Computes what the model of a trained stage says of the test split. */
public final class Predictor {

  private static final int BATCH = 256;

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
                task.model().backbone(),
                task.head(),
                staged.inputShape(),
                classes,
                new RandomStreams(task.streams()))) {
      network.restore(new StageFolder(stageDirectory).readWeights(manager));
      for (int from = 0; from < test.size(); from += BATCH) {
        int[] batch = range(from, Math.min(from + BATCH, test.size()));
        float[] some = NoGrad.call(() -> logits(manager, staged, network, batch));
        System.arraycopy(some, 0, logits, from * classes, some.length);
      }
    }
    return new Predictions(logits, classes, test.labels());
  }

  private static float[] logits(
      NDManager manager, StagedExamples examples, Network network, int[] batch) {
    try (NDManager step = manager.newSubManager()) {
      network.lendTo(step);
      // Nothing draws from this stream: there is no augmentation.
      StagedBatch inputs = examples.batch(step, batch, List.of(), new SplittableRandom(0));
      return network.infer(inputs.inputs()).logits().toFloatArray();
    }
  }

  private static int[] range(int from, int to) {
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return indices;
  }
}
