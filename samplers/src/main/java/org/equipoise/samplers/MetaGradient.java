package org.equipoise.samplers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.equipoise.api.sampling.LookAhead;

/**
 * What the meta loss after the coming step would gain if an example weighed more in that step.
 *
 * <p>Of a linear classifier the gradient by W is the sum of outer products of logit gradients and
 * features, so the step is written down as ordinary operations on the example weights, and one
 * first-order backward pass goes through them to the weights: no gradient of a gradient is needed.
 *
 * @param loss the meta loss after the step, in nats
 * @param byExampleWeight its gradient by the weight of each example, at those of the step, length
 *     N; not copied
 */
record MetaGradient(double loss, double[] byExampleWeight) {

  /** Looks ahead of a step in which every example weighs 1. */
  static MetaGradient of(
      LookAhead.Classifier classifier,
      NDArray features,
      NDArray logitGradient,
      LookAhead.Labelled meta,
      MetaLoss loss) {
    try (NDManager own = features.getManager().newSubManager()) {
      NDArray ones = own.ones(new Shape(features.getShape().get(0), 1), features.getDataType());
      return at(ones, classifier, features, logitGradient, meta, loss);
    }
  }

  /**
   * Looks ahead.
   *
   * <p>No gradient collector may be open. What is computed stays in the managers of what is given.
   *
   * @param exampleWeights the weight of each example in the step, length N
   * @param classifier how the step moves the classifier
   * @param features the batch's features, (N, D)
   * @param logitGradient the gradient of the objective by the batch's logits, (N, C)
   * @param meta what the stepped classifier is judged on
   * @param loss by what it is judged
   */
  static MetaGradient at(
      double[] exampleWeights,
      LookAhead.Classifier classifier,
      NDArray features,
      NDArray logitGradient,
      LookAhead.Labelled meta,
      MetaLoss loss) {
    try (NDManager own = features.getManager().newSubManager()) {
      NDArray weights =
          own.create(exampleWeights, new Shape(exampleWeights.length, 1))
              .toType(features.getDataType(), false);
      return at(weights, classifier, features, logitGradient, meta, loss);
    }
  }

  private static MetaGradient at(
      NDArray weights,
      LookAhead.Classifier classifier,
      NDArray features,
      NDArray logitGradient,
      LookAhead.Labelled meta,
      MetaLoss loss) {
    weights.setRequiresGradient(true);
    NDArray value;
    try (GradientCollector collector = weights.getManager().getEngine().newGradientCollector()) {
      NDArray byClass = logitGradient.transpose();
      NDArray rows;
      // What the backward pass does not need is closed at once: its memory is the next asked for.
      try (NDArray weighted = features.mul(weights)) {
        rows = classifier.rows().after(byClass.matMul(weighted));
      }
      NDArray bias =
          classifier
              .bias()
              .map(step -> step.after(byClass.matMul(weights).squeeze(1)))
              .orElse(null);
      try (NDArray logits = Linear.linear(meta.features(), rows, bias).head()) {
        value = loss.mean(logits, meta.labels());
      }
      collector.backward(value);
    }
    return new MetaGradient(numbers(value)[0], numbers(weights.getGradient()));
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
