package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
                task.backbone(),
                task.head(),
                test.inputShape(),
                classes,
                new RandomStreams(task.streams()))) {
      network.restore(new StageFolder(stageDirectory).readWeights(manager));
      Iterator<int[]> batches =
          new BatchesAhead(
              batches(test.size()),
              staged.lookAhead(),
              (i, batch) -> staged.announce(batch, List.of(), noStream()));
      int filled = 0;
      while (batches.hasNext()) {
        int[] batch = batches.next();
        float[] some = NoGrad.call(() -> logits(manager, staged, network, batch));
        System.arraycopy(some, 0, logits, filled, some.length);
        filled += some.length;
      }
    }
    return new Predictions(logits, classes, test.labels());
  }

  private static float[] logits(
      NDManager manager, StagedExamples examples, Network network, int[] batch) {
    try (NDManager step = manager.newSubManager()) {
      network.lendTo(step);
      StagedBatch inputs = examples.batch(step, batch, List.of(), noStream());
      return network.infer(inputs.inputs()).logits().toFloatArray();
    }
  }

  // Nothing draws from it: there is no augmentation.
  private static RandomGenerator noStream() {
    return new SplittableRandom(0);
  }

  private static Iterator<int[]> batches(int size) {
    return IntStream.iterate(0, from -> from < size, from -> from + BATCH)
        .mapToObj(from -> IntStream.range(from, Math.min(from + BATCH, size)).toArray())
        .iterator();
  }
}
