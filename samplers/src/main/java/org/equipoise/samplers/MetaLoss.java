package org.equipoise.samplers;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/** How a classifier is judged on meta data. */
interface MetaLoss {

  /**
   * Returns the mean loss.
   *
   * @param logits (M, C)
   * @param labels class ids, (M), int64
   * @return a scalar, in nats, dtype and manager of the logits
   */
  NDArray mean(NDArray logits, NDArray labels);

  /**
   * Returns a loss, or plain cross-entropy if none is given.
   *
   * @param who the part that is going to learn, for errors
   * @throws IllegalArgumentException if the loss has no value an example
   */
  static MetaLoss of(String who, Optional<LossSpec> spec, ClassCounts counts) {
    if (spec.isEmpty()) {
      return MetaLoss::crossEntropy;
    }
    BoundLoss bound = spec.get().bind(TrainStatistics.of(counts));
    if (bound instanceof PerExampleLoss loss) {
      return (logits, labels) ->
          loss.perExample(LossInput.of(logits, new Targets.ClassIds(labels))).mean();
    }
    throw new IllegalArgumentException(
        who
            + ": metaLoss: "
            + spec.get().typeName()
            + " couples the batch or keeps state; expected a loss with one value an example");
  }

  private static NDArray crossEntropy(NDArray logits, NDArray labels) {
    try (NDArray column = labels.expandDims(1)) {
      return logits.logSoftmax(1).gather(column, 1).mean().neg();
    }
  }
}
