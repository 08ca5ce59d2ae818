package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.training.BoundOptimizer;

/** {@link Adam} and {@link AdamW} at work: two moving averages a parameter, and the step count. */
final class Moments implements BoundOptimizer {

  private static final String MEAN = "/mean";
  private static final String SQUARE = "/square";
  // No buffer's name, for those end in what stands above.
  private static final String STEPS = "steps";

  private final Rule rule;
  private final Buffers buffers;
  private final NDManager manager = NDManager.newBaseManager();
  // A float, as in PyTorch and as checkpoints want it: exact up to 2^24 steps, by which the
  // corrections are 1 for long.
  private final NDArray steps = manager.create(new float[] {0});

  Moments(Rule rule) {
    this.rule = rule;
    buffers = new Buffers(rule.name(), List.of(MEAN, SQUARE));
  }

  @Override
  public void step(List<Trainable> parameters, double learningRate) {
    steps.addi(1);
    double step = steps.getFloat(0);
    double meanCorrection = 1 - Math.pow(rule.beta1(), step);
    double rootCorrection = Math.sqrt(1 - Math.pow(rule.beta2(), step));
    for (Trainable parameter : parameters) {
      try (NDArray gradient = gradient(parameter, learningRate);
          NDArray square = gradient.mul(gradient)) {
        NDArray mean = average(parameter, MEAN, rule.beta1(), gradient);
        NDArray squares = average(parameter, SQUARE, rule.beta2(), square);
        try (NDArray root = squares.sqrt();
            NDArray change = mean.div(root.divi(rootCorrection).addi(rule.epsilon()))) {
          parameter.value().subi(change.muli(learningRate / meanCorrection));
        }
      }
    }
  }

  /** Decays the weight itself, or else returns a gradient that holds the decay; the caller's. */
  private NDArray gradient(Trainable parameter, double learningRate) {
    if (!rule.decoupled()) {
      return rule.decay().penalised(parameter);
    }
    if (rule.decay().of(parameter) != 0) {
      parameter.value().muli(1 - learningRate * rule.decay().of(parameter));
    }
    return parameter.gradient().duplicate();
  }

  /** Moves an average towards the newest value. */
  private NDArray average(Trainable parameter, String kind, double kept, NDArray newest) {
    try (NDArray share = newest.mul(1 - kept)) {
      return buffers.of(parameter, kind).muli(kept).addi(share);
    }
  }

  @Override
  public SortedMap<String, NDArray> state() {
    SortedMap<String, NDArray> state = new TreeMap<>(buffers.state());
    state.put(STEPS, steps);
    return state;
  }

  @Override
  public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
    SortedMap<String, NDArray> moments = new TreeMap<>(saved);
    NDArray count = moments.remove(STEPS);
    if (count == null) {
      throw new IllegalArgumentException(
          rule.name() + ": no count \"" + STEPS + "\" in the saved " + saved.keySet());
    }
    buffers.restore(moments, parameters);
    steps.set(new NDIndex("..."), count);
  }

  @Override
  public void close() {
    buffers.close();
    manager.close();
  }

  /**
   * What tells the two apart.
   *
   * @param name the type name, for errors
   * @param beta1 the share that the average of gradients keeps
   * @param beta2 the share that the average of squares keeps
   * @param epsilon added to the root of the corrected average of squares
   * @param decay who is decayed
   * @param decoupled whether the weight itself is decayed (true) or its gradient penalised (false)
   */
  record Rule(
      String name,
      double beta1,
      double beta2,
      double epsilon,
      WeightDecay decay,
      boolean decoupled) {}
}
