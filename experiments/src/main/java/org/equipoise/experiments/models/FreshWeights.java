package org.equipoise.experiments.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.random.RandomGenerator;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.engine.TorchEngine;

/**
 * Initial values as a function of seed and parameter name alone.
 *
 * <p>Weights without an initialiser of their own are Kaiming-normal: mean 0, standard deviation
 * sqrt(2 / fan-in). A parameter with its own initialiser keeps it, and the engine, from which it
 * may draw, is seeded with the parameter's stream first.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, Delving deep into rectifiers,
 *     equation 10</a>
 */
final class FreshWeights implements Initializer {

  private final String stream;
  private final RandomStreams streams;
  private final Initializer own;
  private final boolean kaiming;

  private FreshWeights(String name, RandomStreams streams, Parameter parameter) {
    this.stream = "init/" + name;
    this.streams = streams;
    this.own = parameter.getInitializer();
    this.kaiming =
        parameter.getType() == Parameter.Type.WEIGHT
            && own == Parameter.Type.WEIGHT.getInitializer();
  }

  /** Puts the initial values of a parameter under its stream. */
  static void apply(NamedParameter named, RandomStreams streams) {
    Parameter parameter = named.parameter();
    parameter.setInitializer(new FreshWeights(named.name(), streams, parameter));
  }

  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType type) {
    if (!kaiming) {
      TorchEngine.reseed(streams.seed(stream));
      return own.initialize(manager, shape, type);
    }
    long fanIn = shape.size() / shape.get(0);
    double deviation = Math.sqrt(2.0 / fanIn);
    RandomGenerator random = streams.stream(stream);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return manager.create(values, shape).toType(type, false);
  }
}
