package org.equipoise.api.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.StaticSampler;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * How a linear layer is trained on features: SGD with momentum, as PyTorch defines it, and a cosine
 * to 0.
 *
 * @param loss what is minimised, averaged over a batch
 * @param epochs passes over the features, &gt;= 1
 * @param learningRate the learning rate of the first step, &gt; 0
 * @param weightDecay the L2 penalty's factor, &gt;= 0
 * @param fresh whether it starts from fresh weights or from those that the layer has
 * @param seed the seed of all draws
 */
record HeadFit(
    LossSpec loss, int epochs, double learningRate, double weightDecay, boolean fresh, long seed) {

  private static final double MOMENTUM = 0.9;

  HeadFit(LossSpec loss) {
    this(loss, 10, 0.1, 5e-4, true, 1);
  }

  HeadFit {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: expected >= 1, is " + epochs);
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException("learningRate: expected > 0, is " + learningRate);
    }
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw new IllegalArgumentException("weightDecay: expected >= 0, is " + weightDecay);
    }
  }

  HeadFit withEpochs(int other) {
    return new HeadFit(loss, other, learningRate, weightDecay, fresh, seed);
  }

  HeadFit withLearningRate(double other) {
    return new HeadFit(loss, epochs, other, weightDecay, fresh, seed);
  }

  HeadFit withWeightDecay(double other) {
    return new HeadFit(loss, epochs, learningRate, other, fresh, seed);
  }

  HeadFit withSeed(long other) {
    return new HeadFit(loss, epochs, learningRate, weightDecay, fresh, other);
  }

  HeadFit fromOldWeights() {
    return new HeadFit(loss, epochs, learningRate, weightDecay, false, seed);
  }

  /**
   * Trains.
   *
   * @param manager the manager that owns the result
   * @param layer the layer, which is not changed
   * @param inputs its inputs with their labels
   * @param counts the class counts of the labels
   * @param sampler what is drawn
   * @return the weights at the end
   */
  LinearWeights train(
      NDManager manager,
      LastLayer layer,
      LastLayer.Inputs inputs,
      ClassCounts counts,
      StaticSampler sampler) {
    Objective objective =
        Objective.of(loss.bind(TrainStatistics.of(counts)), Optional.empty(), Reduction.BATCH_MEAN);
    LinearWeights weights = layer.weights(manager);
    RandomStreams streams = new RandomStreams(seed);
    if (fresh) {
      refresh(weights, manager, streams);
    }
    List<Momentum> trained =
        weights.bias().isPresent()
            ? List.of(
                Momentum.of(weights.weight(), manager), Momentum.of(weights.bias().get(), manager))
            : List.of(Momentum.of(weights.weight(), manager));
    long steps = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      steps += sampler.steps(epoch);
    }
    long step = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Iterator<int[]> batches = sampler.batches(epoch); batches.hasNext(); step++) {
        double rate = learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2;
        try (NDManager scratch = manager.newSubManager()) {
          RandomGenerator random = streams.stream("loss/step=" + step);
          step(scratch, inputs, batches.next(), trained, objective, random, rate);
        }
      }
    }
    return weights;
  }

  // Kaiming-normal with a bias of zero, as networks of Equipoise start.
  private static void refresh(LinearWeights weights, NDManager manager, RandomStreams streams) {
    Shape shape = weights.weight().getShape();
    double deviation = Math.sqrt(2.0 / shape.get(1));
    RandomGenerator random = streams.stream("init/head.weight");
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    try (NDArray initial = manager.create(values, shape)) {
      weights.weight().set(new NDIndex("..."), initial);
    }
    weights.bias().ifPresent(bias -> bias.muli(0));
  }

  private void step(
      NDManager scratch,
      LastLayer.Inputs inputs,
      int[] examples,
      List<Momentum> trained,
      Objective objective,
      RandomGenerator random,
      double rate) {
    NDArray chosen = scratch.create(Arrays.stream(examples).asLongStream().toArray());
    NDArray features = inputs.features().get(scratch, new NDIndex("{}", chosen));
    NDArray labels = inputs.labels().get(scratch, new NDIndex("{}", chosen));
    List<NDArray> leaves = trained.stream().map(part -> part.leaf(scratch)).toList();
    NDArray logits;
    try (GradientCollector collector = scratch.getEngine().newGradientCollector()) {
      NDArray bias = leaves.size() > 1 ? leaves.get(1) : null;
      logits = Linear.linear(features, leaves.get(0), bias).singletonOrThrow();
      NDArray value = objective.evaluate(input(logits, labels, features, random));
      double number = value.toType(DataType.FLOAT64, false).toDoubleArray()[0];
      if (!Double.isFinite(number)) {
        throw new IllegalStateException(
            "head retraining: the loss became " + number + "; try a lower learning rate");
      }
      collector.backward(value);
    }
    objective.advance(input(logits.stopGradient(), labels, features, random));
    for (int i = 0; i < leaves.size(); i++) {
      trained.get(i).descend(leaves.get(i).getGradient(), weightDecay, rate);
    }
  }

  private static LossInput input(
      NDArray logits, NDArray labels, NDArray features, RandomGenerator random) {
    return new LossInput(
        logits,
        new Targets.ClassIds(labels),
        Optional.empty(),
        Optional.of(features),
        Optional.empty(),
        random);
  }

  /**
   * An array with its momentum. Neither ever requires a gradient, so both may be changed in place.
   */
  private record Momentum(NDArray values, NDArray buffer) {

    static Momentum of(NDArray values, NDManager manager) {
      return new Momentum(values, manager.zeros(values.getShape()));
    }

    /** Returns the values as a leaf of a new graph, without any gradient yet. */
    NDArray leaf(NDManager scratch) {
      NDArray leaf = values.stopGradient();
      leaf.attach(scratch);
      leaf.setRequiresGradient(true);
      return leaf;
    }

    void descend(NDArray gradient, double decay, double rate) {
      try (NDArray penalty = values.mul(decay)) {
        buffer.muli(MOMENTUM).addi(gradient).addi(penalty);
      }
      try (NDArray change = buffer.mul(rate)) {
        values.subi(change);
      }
    }
  }
}
