package org.equipoise.api.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Optional;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A loss of Equipoise as a DJL {@link Loss}, averaged over the batch:
 *
 * <pre>{@code
 * ClassCounts counts = ClassCounts.of(trainSet);
 * TrainingConfig config = new DefaultTrainingConfig(DjlLoss.of(new BalancedSoftmax(), counts));
 * }</pre>
 *
 * <p>Predictions are one array of raw logits, (N, C): the network must not end in a softmax. Labels
 * are one array of class ids, (N) or (N, 1), of any integer or floating type.
 *
 * <p>Where the loss adjusts logits by the train prior, so does the validation loss that DJL prints:
 * it measures fit to the long-tailed train distribution, not to a balanced one. Choose a model by
 * balanced accuracy ({@link DjlMetric}) instead.
 */
public final class DjlLoss extends Loss {

  // Far above rounding in float32, far below what raw logits reach by chance.
  private static final double ROW_SUM_TOLERANCE = 1e-3;

  private final Objective objective;
  private boolean looked;

  private DjlLoss(String name, Objective objective) {
    super(name);
    this.objective = objective;
  }

  /**
   * Adapts a loss.
   *
   * @param spec the loss
   * @param counts the class counts of the train set, as from {@link ClassCounts#of}
   * @return a DJL loss
   * @throws IllegalArgumentException if the loss keeps running state: DJL evaluates a training loss
   *     a second time for its listeners, so the state would advance twice a step
   */
  public static DjlLoss of(LossSpec spec, ClassCounts counts) {
    return create(spec, Optional.empty(), TrainStatistics.of(counts));
  }

  /**
   * Adapts a loss with class weights on top.
   *
   * @param spec the loss
   * @param weighting the rule for the weights
   * @param counts the class counts of the train set
   * @return a DJL loss
   * @throws IllegalArgumentException if the loss keeps running state or couples the batch
   */
  public static DjlLoss of(LossSpec spec, ClassWeightingSpec weighting, ClassCounts counts) {
    ClassVector weights = ClassVector.of(weighting.weights(counts));
    return create(spec, Optional.of(weights), TrainStatistics.of(counts));
  }

  private static DjlLoss create(
      LossSpec spec, Optional<ClassVector> weights, TrainStatistics train) {
    BoundLoss bound = spec.bind(train);
    if (bound instanceof StatefulLoss<?>) {
      throw new IllegalArgumentException(
          spec.typeName()
              + ": keeps running state, and DJL evaluates a training loss a second time for its"
              + " listeners, which would advance the state twice a step; train it with equipoise");
    }
    return new DjlLoss(spec.typeName(), Objective.of(bound, weights, Reduction.BATCH_MEAN));
  }

  /**
   * Returns the mean loss of a batch.
   *
   * @param labels one array of class ids, (N) or (N, 1)
   * @param predictions one array of logits, (N, C)
   * @return a scalar, in nats
   * @throws IllegalArgumentException if the shapes do not agree, or the predictions are
   *     probabilities
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray logits = DjlArrays.logits(getName(), predictions);
    if (!looked) {
      refuseProbabilities(logits);
      looked = true;
    }
    return objective.evaluate(LossInput.of(logits, DjlArrays.classIds(getName(), labels, logits)));
  }

  private void refuseProbabilities(NDArray logits) {
    try (NDArray sums = logits.sum(new int[] {1});
        NDArray off = sums.sub(1).abs();
        NDArray worst = off.max();
        NDArray least = logits.min()) {
      Shape shape = logits.getShape();
      if (shape.get(1) > 1
          && least.toType(ai.djl.ndarray.types.DataType.FLOAT32, false).getFloat() >= 0
          && worst.toType(ai.djl.ndarray.types.DataType.FLOAT32, false).getFloat()
              < ROW_SUM_TOLERANCE) {
        throw new IllegalArgumentException(
            getName()
                + ": the predictions are probabilities (every row is >= 0 and sums to 1), but this"
                + " loss takes raw logits; remove the softmax at the end of the network");
      }
    }
  }
}
