package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Optional;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.api.training.SgdStep;
import org.equipoise.experiments.data.StagedBatch;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.engine.NoGrad;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.NamedParameter;
import org.equipoise.experiments.models.Network;

/**
 * The coming step of a stage, before it is made.
 *
 * @param task the stage
 * @param network what is trained; its parameters are lent to the step
 * @param train the staged train split
 * @param validation the staged validation split, if the sampler looks at it
 * @param optimizer how weights change
 * @param manager the step's manager
 * @param judged the logits of the batch, which keep the gradient of the objective by them
 * @param step the steps done before
 * @param learningRate the learning rate of the step
 */
record StageLookAhead(
    StageTask task,
    Network network,
    StagedExamples train,
    Optional<StagedExamples> validation,
    BoundOptimizer optimizer,
    NDManager manager,
    NDArray judged,
    long step,
    double learningRate)
    implements LookAhead {

  /**
   * Refuses a stage that cannot be looked ahead in, if its sampler wants to.
   *
   * @throws IllegalArgumentException saying what stands in the way
   */
  static void check(
      StageTask task, Network network, Objective objective, BoundOptimizer optimizer) {
    if (!task.stage().sampler().looksAhead()) {
      return;
    }
    task.stage().requireLookAhead(task.model().head());
    // Such a loss sees nothing of the network but the logits, each example its own: the gradient by
    // them, at which the backward pass stops, is all there is.
    if (!objective.hasLogitGradient()) {
      throw new IllegalArgumentException(
          start(task)
              + "a loss with a gradient in closed form (LogitGradient), which \""
              + task.stage().loss().typeName()
              + "\" has not");
    }
    NamedParameter rows = named(network, network.head().weight());
    if (optimizer.sgdStep(trainable(rows), 0).isEmpty()) {
      throw new IllegalArgumentException(
          start(task) + "optimizer \"sgd\", not \"" + task.optimizer().typeName() + "\"");
    }
  }

  private static String start(StageTask task) {
    return "stage \""
        + task.stage().name()
        + "\": sampler \""
        + task.stage().sampler().typeName()
        + "\" tries out each step of the classifier, which needs ";
  }

  private static NamedParameter named(Network network, Parameter parameter) {
    return network.parameters().stream()
        .filter(named -> named.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("head: its rows are no parameter of its block"));
  }

  // An optimizer does not look at the gradient for this.
  private static Trainable trainable(NamedParameter named) {
    NDArray value = named.parameter().getArray();
    return new Trainable(named.name(), named.decayed(), value, value);
  }

  @Override
  public Classifier classifier() {
    return new Classifier(
        sgdStep(network.head().weight()), network.head().bias().map(this::sgdStep));
  }

  private SgdStep sgdStep(Parameter parameter) {
    return optimizer.sgdStep(trainable(named(network, parameter)), learningRate).orElseThrow();
  }

  @Override
  public Gradient gradient() {
    return new Gradient(
        gradient(network.head().weight()), network.head().bias().map(StageLookAhead::gradient));
  }

  // Detached from the parameter, so that nobody differentiates through it by mistake.
  private static NDArray gradient(Parameter parameter) {
    return TorchEngine.gradient(parameter.getArray()).orElseThrow().stopGradient();
  }

  @Override
  public NDArray logitGradient() {
    return judged.getGradient();
  }

  private IllegalStateException unasked() {
    return new IllegalStateException(
        start(task)
            + "a validation split; expected one in the data set, and looksAtValidation of the"
            + " sampler's spec to be true");
  }

  @Override
  public Labelled features(Split split, int[] examples) {
    StagedExamples staged = split == Split.TRAIN ? train : validation.orElseThrow(this::unasked);
    RandomStreams streams = new RandomStreams(task.streams());
    return NoGrad.call(
        () -> {
          StagedBatch batch =
              staged.batch(
                  manager,
                  examples,
                  task.training().augmentation(),
                  streams.stream("augment/meta/step=" + step));
          return new Labelled(network.inferFeatures(batch.inputs()), batch.labels());
        });
  }
}
