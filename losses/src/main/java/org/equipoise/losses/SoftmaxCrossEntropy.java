package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.tensor.Scalars;

/** Cross-entropy of the softmax of logits scaled and shifted by class, with label smoothing. */
final class SoftmaxCrossEntropy implements PerExampleLoss, LogitGradient {

  private static final int[] CLASS_AXIS = {1};

  private final String who;
  private final int classes;
  private final Optional<ClassVector> factor;
  private final Optional<ClassVector> shift;
  private final double smoothing;
  private final IntFunction<Explanation> explanation;

  SoftmaxCrossEntropy(
      String who,
      int classes,
      Optional<ClassVector> factor,
      Optional<ClassVector> shift,
      double smoothing,
      IntFunction<Explanation> explanation) {
    this.who = who;
    this.classes = classes;
    this.factor = factor;
    this.shift = shift;
    this.smoothing = smoothing;
    this.explanation = explanation;
  }

  @Override
  public NDArray perExample(LossInput in) {
    NDArray logProbabilities = logProbabilities(in);
    if (in.targets() instanceof Targets.ClassIds hard) {
      NDArray ofLabel = Labels.pick(who, logProbabilities, hard.ids()).neg();
      if (smoothing == 0) {
        return ofLabel;
      }
      NDArray ofAll = logProbabilities.mean(CLASS_AXIS);
      return Scalars.times(ofLabel, 1 - smoothing).sub(Scalars.times(ofAll, smoothing));
    }
    return logProbabilities.mul(targetDistribution(in)).sum(CLASS_AXIS).neg();
  }

  @Override
  public NDArray perExample(LossInput in, NDArray classWeights) {
    if (smoothing == 0 && in.targets() instanceof Targets.ClassIds hard) {
      return perExample(in).mul(classWeights.gather(hard.ids(), 0));
    }
    return logProbabilities(in).mul(targetDistribution(in)).mul(classWeights).sum(CLASS_AXIS).neg();
  }

  @Override
  public NDArray logitGradient(LossInput in) {
    NDArray gradient;
    try (NDArray probabilities = ofAdjusted(in, z -> z.softmax(1))) {
      gradient = minusTargets(in, probabilities);
    }
    return factor.map(vector -> vector.scaling(gradient)).orElse(gradient);
  }

  @Override
  public Explanation explain(int classId) {
    return explanation.apply(classId);
  }

  @Override
  public Optional<ClassVector> logitShift() {
    return shift;
  }

  private NDArray minusTargets(LossInput in, NDArray probabilities) {
    if (!(in.targets() instanceof Targets.ClassIds hard)) {
      return probabilities.sub(targetDistribution(in));
    }
    NDArray spread = smoothing == 0 ? probabilities : probabilities.sub(smoothing / classes);
    return Labels.minus(who, spread, hard.ids(), 1 - smoothing);
  }

  private NDArray logProbabilities(LossInput in) {
    return ofAdjusted(in, z -> z.logSoftmax(1));
  }

  private NDArray ofAdjusted(LossInput in, UnaryOperator<NDArray> function) {
    NDArray adjusted = adjusted(in);
    if (adjusted == in.logits()) {
      return function.apply(adjusted);
    }
    // The backward pass does not need it, and its memory is the next that is asked for.
    try (adjusted) {
      return function.apply(adjusted);
    }
  }

  private NDArray adjusted(LossInput in) {
    Labels.requireWidth(who, in, classes);
    NDArray raw = in.logits();
    NDArray logits = factor.map(vector -> vector.scaling(raw)).orElse(raw);
    return shift.map(vector -> vector.addedTo(logits)).orElse(logits);
  }

  private NDArray targetDistribution(LossInput in) {
    NDArray plain;
    if (in.targets() instanceof Targets.ClassIds) {
      plain = Labels.indicator(who, in);
    } else if (in.targets() instanceof Targets.Soft soft) {
      plain = soft.probabilities();
    } else {
      throw Labels.unsupported(who, in.targets(), "ClassIds or Soft");
    }
    return smoothing == 0 ? plain : Scalars.times(plain, 1 - smoothing).add(smoothing / classes);
  }
}
