package org.equipoise.samplers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.SgdStep;

/**
 * A linear head of random weights on random features, one row an example of a split; for meta steps
 * without a training loop.
 *
 * @param split the labels
 * @param features (N, D), float64
 * @param rows (C, D)
 * @param bias (C)
 * @param rowVelocity (C, D)
 * @param biasVelocity (C)
 * @param loss the loss of the step
 */
record HeadToy(
    LabelIndex split,
    NDArray features,
    NDArray rows,
    NDArray bias,
    NDArray rowVelocity,
    NDArray biasVelocity,
    BoundLoss loss) {

  static final double LEARNING_RATE = 0.3;
  static final double MOMENTUM = 0.9;
  static final double WEIGHT_DECAY = 0.01;

  static HeadToy random(
      NDManager manager, LabelIndex split, int width, LossSpec loss, RandomGenerator random) {
    int classes = split.classes();
    return new HeadToy(
        split,
        gaussian(manager, random, split.examples(), width),
        gaussian(manager, random, classes, width),
        gaussian(manager, random, classes),
        gaussian(manager, random, classes, width),
        gaussian(manager, random, classes),
        loss.bind(TrainStatistics.of(split.counts())));
  }

  static NDArray gaussian(NDManager manager, RandomGenerator random, long... shape) {
    Shape of = new Shape(shape);
    double[] values = new double[(int) of.size()];
    Arrays.setAll(values, i -> random.nextGaussian());
    return manager.create(values, of);
  }

  LookAhead.Classifier classifier() {
    return new LookAhead.Classifier(step(rows, rowVelocity), Optional.of(step(bias, biasVelocity)));
  }

  private static SgdStep step(NDArray value, NDArray velocity) {
    return new SgdStep(value, Optional.of(velocity), LEARNING_RATE, MOMENTUM, WEIGHT_DECAY, false);
  }

  LookAhead.Labelled labelled(int[] examples) {
    NDManager manager = features.getManager();
    NDArray chosen = manager.create(Arrays.stream(examples).asLongStream().toArray());
    long[] labels = Arrays.stream(examples).mapToLong(i -> split.labelsOf(i)[0]).toArray();
    return new LookAhead.Labelled(features.get(chosen), manager.create(labels));
  }

  LossInput input(LookAhead.Labelled batch) {
    NDArray logits = batch.features().matMul(rows.transpose()).add(bias);
    return LossInput.of(logits, new Targets.ClassIds(batch.labels()));
  }

  NDArray logitGradient(LossInput in) {
    return Objective.of(loss, Optional.empty(), Reduction.BATCH_MEAN).logitGradient(in);
  }

  /** Returns what training would tell a sampler of a drawn batch. */
  MetaStep step(long step, int[] examples) {
    LookAhead.Labelled batch = labelled(examples);
    LossInput in = input(batch);
    ModelOutputs outputs =
        new ModelOutputs(Optional.empty(), batch.features(), in.logits(), Map.of());
    LookAhead ahead =
        new LookAhead() {
          @Override
          public Classifier classifier() {
            return HeadToy.this.classifier();
          }

          @Override
          public Gradient gradient() {
            return MetaGradient.stepGradient(classifier(), logitGradient(), batch.features());
          }

          @Override
          public NDArray logitGradient() {
            return HeadToy.this.logitGradient(in);
          }

          @Override
          public Labelled features(Split split, int[] chosen) {
            return labelled(chosen);
          }
        };
    NDArray loss = features.getManager().create(0.5);
    return new MetaStep(step, examples, outputs, in.targets(), loss, ahead);
  }
}
