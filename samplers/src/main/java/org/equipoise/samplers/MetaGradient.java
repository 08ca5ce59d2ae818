package org.equipoise.samplers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.sampling.LookAhead;

/**
 * What the meta loss after the coming step would gain if an example weighed more in that step.
 *
 * <p>Of a linear classifier the gradient by W is the sum of outer products of logit gradients and
 * features, each times its example's weight. So the step is written down as ordinary operations on
 * that gradient, and one first-order backward pass goes through them: no gradient of a gradient is
 * needed. What comes back is by the gradient of the step, and by an example's weight it is how far
 * the example's share in that gradient agrees with it.
 *
 * @param loss the meta loss after the step, in nats
 * @param byExampleWeight its gradient by the weight of each example, at those of the step, length
 *     N; not copied
 */
record MetaGradient(double loss, double[] byExampleWeight) {

  private static final int[] BATCH_AXIS = {0};
  private static final int[] FEATURE_AXIS = {1};

  /**
   * Looks ahead of a step in which every example weighs 1.
   *
   * <p>No gradient collector may be open. What is computed stays in the managers of what is given.
   *
   * @param classifier how the step moves the classifier
   * @param gradient the gradient of the step
   * @param features the batch's features, (N, D)
   * @param logitGradient the gradient of the objective by the batch's logits, (N, C)
   * @param meta what the stepped classifier is judged on
   * @param loss by what it is judged
   */
  static MetaGradient of(
      LookAhead.Classifier classifier,
      LookAhead.Gradient gradient,
      NDArray features,
      NDArray logitGradient,
      LookAhead.Labelled meta,
      MetaLoss loss) {
    NDArray rows = leaf(gradient.rows());
    Optional<NDArray> bias = gradient.bias().map(MetaGradient::leaf);
    NDArray value;
    try (GradientCollector collector = features.getManager().getEngine().newGradientCollector()) {
      NDArray stepped = classifier.rows().after(rows);
      NDArray steppedBias =
          classifier.bias().map(step -> step.after(bias.orElseThrow())).orElse(null);
      // What the backward pass does not need is closed at once: its memory is the next asked for.
      try (NDArray logits = Linear.linear(meta.features(), stepped, steppedBias).head()) {
        value = loss.mean(logits, meta.labels());
      }
      collector.backward(value);
    }
    try (NDArray byFeature = logitGradient.matMul(rows.getGradient())) {
      NDArray byWeight = byFeature.muli(features).sum(FEATURE_AXIS);
      bias.ifPresent(own -> byWeight.addi(logitGradient.matMul(own.getGradient())));
      return new MetaGradient(numbers(value)[0], numbers(byWeight));
    }
  }

  private static NDArray leaf(NDArray gradient) {
    NDArray leaf = gradient.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * Looks ahead of any step, as above.
   *
   * @param exampleWeights the weight of each example in the step, length N
   */
  static MetaGradient at(
      double[] exampleWeights,
      LookAhead.Classifier classifier,
      NDArray features,
      NDArray logitGradient,
      LookAhead.Labelled meta,
      MetaLoss loss) {
    NDManager manager = features.getManager();
    try (NDArray column = manager.create(exampleWeights, new Shape(exampleWeights.length, 1));
        NDArray weights = column.toType(features.getDataType(), false);
        NDArray weighted = logitGradient.mul(weights)) {
      return of(
          classifier,
          stepGradient(classifier, weighted, features),
          features,
          logitGradient,
          meta,
          loss);
    }
  }

  /** Returns the gradient of the step, given that by the logits, in which examples have weights. */
  static LookAhead.Gradient stepGradient(
      LookAhead.Classifier classifier, NDArray weightedLogitGradient, NDArray features) {
    return new LookAhead.Gradient(
        weightedLogitGradient.transpose().matMul(features),
        classifier.bias().map(step -> weightedLogitGradient.sum(BATCH_AXIS)));
  }

  private static double[] numbers(NDArray array) {
    if (array.getDataType() != DataType.FLOAT32) {
      return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }
    float[] singles = array.toFloatArray();
    double[] numbers = new double[singles.length];
    Arrays.setAll(numbers, i -> singles[i]);
    return numbers;
  }
}
