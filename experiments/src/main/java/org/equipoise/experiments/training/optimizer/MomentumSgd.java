package org.equipoise.experiments.training.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.SgdStep;

/** {@link Sgd} at work: one buffer a parameter. */
final class MomentumSgd implements BoundOptimizer {

  // The only buffer goes by the parameter's own name.
  private static final String MOMENTUM = "";

  private final Sgd rule;
  private final WeightDecay decay;
  private final Buffers buffers;

  MomentumSgd(Sgd rule) {
    this.rule = rule;
    decay = new WeightDecay(rule.weightDecay(), rule.decayBiasAndNorm());
    buffers = new Buffers(rule.typeName(), List.of(MOMENTUM));
  }

  @Override
  public void step(List<Trainable> parameters, double learningRate) {
    for (Trainable parameter : parameters) {
      try (NDArray gradient = decay.penalised(parameter)) {
        if (rule.momentum() != 0) {
          // From zero, the first step leaves the gradient in the buffer, as PyTorch does by
          // copying it.
          NDArray buffer = buffers.of(parameter, MOMENTUM).muli(rule.momentum()).addi(gradient);
          if (!rule.nesterov()) {
            descend(parameter, buffer, learningRate);
            continue;
          }
          try (NDArray ahead = buffer.mul(rule.momentum())) {
            gradient.addi(ahead);
          }
        }
        descend(parameter, gradient, learningRate);
      }
    }
  }

  private static void descend(Trainable parameter, NDArray direction, double learningRate) {
    try (NDArray change = direction.mul(learningRate)) {
      parameter.value().subi(change);
    }
  }

  @Override
  public Optional<SgdStep> sgdStep(Trainable parameter, double learningRate) {
    return Optional.of(
        new SgdStep(
            parameter.value().stopGradient(),
            buffers.find(parameter, MOMENTUM),
            learningRate,
            rule.momentum(),
            decay.of(parameter),
            rule.nesterov()));
  }

  @Override
  public SortedMap<String, NDArray> state() {
    return buffers.state();
  }

  @Override
  public void restore(SortedMap<String, NDArray> saved, List<Trainable> parameters) {
    if (rule.momentum() == 0 && !saved.isEmpty()) {
      throw new IllegalArgumentException(
          "sgd: without momentum there are no buffers, but there were saved " + saved.keySet());
    }
    buffers.restore(saved, parameters);
  }

  @Override
  public void close() {
    buffers.close();
  }
}
