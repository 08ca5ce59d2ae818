package org.equipoise.experiments.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.BatchTransform;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.experiments.data.StagedBatch;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.NamedParameter;
import org.equipoise.experiments.models.Network;

/**
 * One training step: from the drawn examples to changed weights.
 *
 * @param task the stage
 * @param network what is trained
 * @param train the staged train split
 * @param validation the staged validation split, if the sampler looks at it
 * @param sampler the sampler, which may want to learn from the step
 * @param transforms changes of each batch, in this order
 * @param objective what is minimised
 * @param optimizer how weights change
 */
record StageStep(
    StageTask task,
    Network network,
    StagedExamples train,
    Optional<StagedExamples> validation,
    EpochSampler sampler,
    List<BatchTransform> transforms,
    Objective objective,
    BoundOptimizer optimizer) {

  /**
   * Trains on a batch.
   *
   * @param manager the parent of the step's own manager
   * @param step the steps done before
   * @param examples the drawn examples
   * @param learningRate the learning rate
   * @return the loss; if it is not finite, the step was given up and the weights may not be used
   */
  double run(NDManager manager, long step, int[] examples, double learningRate) {
    RandomStreams streams = new RandomStreams(task.streams());
    try (NDManager scratch = manager.newSubManager()) {
      network.lendTo(scratch);
      InputBatch batch = NoGrad.call(() -> batch(scratch, streams, step, examples));
      Pass pass = pass(batch, streams, step);
      if (!Double.isFinite(pass.value())) {
        return pass.value();
      }
      ModelOutputs seen = detached(pass.outputs());
      List<Trainable> trainables = trainables();
      boolean moved =
          NoGrad.call(
              () -> {
                if (sampler instanceof LearnedSampler learned) {
                  NDArray loss = pass.loss().stopGradient();
                  learned.update(
                      new MetaStep(
                          step,
                          examples,
                          seen,
                          batch.targets(),
                          loss,
                          lookAhead(scratch, pass, step, learningRate)));
                }
                return optimizer.ascend(trainables);
              });
      if (moved) {
        double there = gradientsAnew(trainables, batch, streams, step);
        if (!Double.isFinite(there)) {
          return there;
        }
      }
      NoGrad.call(
          () -> {
            changeWeights(trainables, learningRate);
            objective.advance(lossInput(seen, batch.targets(), streams, step));
            return seen;
          });
      return pass.value();
    }
  }

  private LookAhead lookAhead(NDManager scratch, Pass pass, long step, double learningRate) {
    return new StageLookAhead(
        task, network, train, validation, optimizer, scratch, pass.judged(), step, learningRate);
  }

  /** Says which examples a coming step will be given. */
  void announce(long step, int[] examples) {
    train.announce(
        examples,
        task.training().augmentation(),
        augmentationStream(new RandomStreams(task.streams()), step));
  }

  /** Adds the gradients of the loss on a batch, unless that is not finite. */
  private Pass pass(InputBatch batch, RandomStreams streams, long step) {
    TorchEngine.reseed(streams.seed("engine/step=" + step));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      ModelOutputs outputs = network.forward(batch.inputs());
      ModelOutputs judged = looksAhead() ? cutAtLogits(outputs) : outputs;
      NDArray loss = objective.evaluate(lossInput(judged, batch.targets(), streams, step));
      Pass pass = new Pass(outputs, judged.logits(), loss, value(loss));
      if (Double.isFinite(pass.value())) {
        collector.backward(loss);
        if (looksAhead()) {
          TorchEngine.backward(outputs.logits(), judged.logits().getGradient());
        }
      }
      return pass;
    }
  }

  private boolean looksAhead() {
    return task.stage().sampler().looksAhead();
  }

  /** Makes the backward pass stop at the logits, which then keep the gradient by them. */
  private static ModelOutputs cutAtLogits(ModelOutputs outputs) {
    NDArray logits = outputs.logits().stopGradient();
    logits.setRequiresGradient(true);
    return new ModelOutputs(outputs.featureMap(), outputs.features(), logits, outputs.auxiliary());
  }

  /** Takes the gradients where the parameters are now, without a trace in running statistics. */
  private double gradientsAnew(
      List<Trainable> trainables, InputBatch batch, RandomStreams streams, long step) {
    IdentityHashMap<NDArray, NDArray> statistics = new IdentityHashMap<>();
    NoGrad.call(
        () -> {
          zeroGradients(trainables);
          for (NamedParameter named : network.parameters()) {
            if (!named.learned()) {
              NDArray array = named.parameter().getArray();
              statistics.put(array, array.duplicate());
            }
          }
          return statistics;
        });
    double value = pass(batch, streams, step).value();
    return NoGrad.call(
        () -> {
          statistics.forEach((array, before) -> array.set(new NDIndex("..."), before));
          return value;
        });
  }

  private static RandomGenerator augmentationStream(RandomStreams streams, long step) {
    return streams.stream("augment/step=" + step);
  }

  private InputBatch batch(NDManager scratch, RandomStreams streams, long step, int[] examples) {
    StagedBatch staged =
        train.batch(
            scratch, examples, task.training().augmentation(), augmentationStream(streams, step));
    InputBatch batch = new InputBatch(staged.inputs(), new Targets.ClassIds(staged.labels()));
    RandomGenerator random = streams.stream("transform/step=" + step);
    for (BatchTransform transform : transforms) {
      batch = transform.apply(batch, random);
    }
    return batch;
  }

  private static LossInput lossInput(
      ModelOutputs outputs, Targets targets, RandomStreams streams, long step) {
    return new LossInput(
        outputs.logits(),
        targets,
        Optional.empty(),
        Optional.of(outputs.features()),
        Optional.empty(),
        streams.stream("loss/step=" + step));
  }

  private static double value(NDArray loss) {
    return loss.toType(DataType.FLOAT64, false).toDoubleArray()[0];
  }

  private static ModelOutputs detached(ModelOutputs outputs) {
    Map<String, NDArray> auxiliary = new LinkedHashMap<>();
    outputs.auxiliary().forEach((name, array) -> auxiliary.put(name, array.stopGradient()));
    return new ModelOutputs(
        outputs.featureMap().map(NDArray::stopGradient),
        outputs.features().stopGradient(),
        outputs.logits().stopGradient(),
        auxiliary);
  }

  private List<Trainable> trainables() {
    List<Trainable> trainables = new ArrayList<>();
    for (NamedParameter named : network.trainable()) {
      NDArray value = named.parameter().getArray();
      TorchEngine.gradient(value)
          .map(gradient -> new Trainable(named.name(), named.decayed(), value, gradient))
          .ifPresent(trainables::add);
    }
    return trainables;
  }

  private void changeWeights(List<Trainable> trainables, double learningRate) {
    task.training().gradientClip().ifPresent(norm -> GradientClip.apply(trainables, norm));
    optimizer.step(trainables, learningRate);
    zeroGradients(trainables);
  }

  private static void zeroGradients(List<Trainable> trainables) {
    trainables.forEach(trainable -> TorchEngine.zeroGradient(trainable.value()));
  }

  /**
   * A forward and backward pass.
   *
   * @param outputs what the model said
   * @param judged the logits that the loss was computed of: the model's own, or cut off from it
   * @param loss the loss, a scalar
   * @param value its value
   */
  private record Pass(ModelOutputs outputs, NDArray judged, NDArray loss, double value) {}
}
