package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.equipoise.api.model.LabelledFeatures;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/**
 * The features of a staged split, computed anew at each pass: those of a large split fit no memory.
 *
 * @param manager the parent of each step's own manager
 * @param network the network; nothing of it changes
 * @param examples the split
 * @param classes the number of classes
 */
record TrainFeatures(NDManager manager, Network network, StagedExamples examples, int classes)
    implements LabelledFeatures {

  @Override
  public int width() {
    return Math.toIntExact(network.featureWidth());
  }

  @Override
  public void forEach(Visitor visitor) {
    OrderedBatches.forEach(
        manager,
        network,
        examples,
        batch -> {
          NDArray features = network.infer(batch.inputs()).features();
          float[] numbers = features.toFloatArray();
          long[] labels = batch.labels().toLongArray();
          int width = width();
          for (int i = 0; i < labels.length; i++) {
            float[] feature = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
            visitor.visit(feature, Math.toIntExact(labels[i]));
          }
        });
  }
}
