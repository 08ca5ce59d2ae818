package org.equipoise.api.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.SequenceSampler;
import ai.djl.translate.TranslateException;
import ai.djl.util.Pair;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The linear layer with which a network ends.
 *
 * <p>What it receives is read without taking the network apart, which a general block does not
 * allow: for a pass in inference mode the layer is lent other weights, an identity matrix on top of
 * its own, so that it hands out its inputs beside its outputs, both exactly.
 */
final class LastLayer {

  // Far above what rounding does to logits, far below what a softmax does to them.
  private static final float TOLERANCE = 1e-3f;

  private final String name;
  private final Parameter weight;
  private final Optional<Parameter> bias;

  private LastLayer(String name, Linear block) {
    this.name = name;
    weight = block.getDirectParameters().get("weight");
    bias = Optional.ofNullable(block.getDirectParameters().get("bias"));
  }

  /**
   * Finds the layer.
   *
   * @param root the network
   * @param name the layer's path in the block tree, with or without the numbers of blocks
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static LastLayer find(Block root, String name) {
    if (root == null || !root.isInitialized()) {
      throw wrong("the model has no block with weights; load or train it first");
    }
    Map<String, Linear> layers = new LinkedHashMap<>();
    gather(root, "", layers);
    List<String> fitting =
        layers.containsKey(name)
            ? List.of(name)
            : layers.keySet().stream().filter(path -> withoutNumbers(path).equals(name)).toList();
    if (fitting.size() != 1) {
      throw wrong(
          (fitting.isEmpty() ? "no linear layer is called \"" : "more than one layer is called \"")
              + name
              + "\"; the linear layers of the model are "
              + layers.keySet());
    }
    LastLayer layer = new LastLayer(fitting.get(0), layers.get(fitting.get(0)));
    DataType type = layer.weight.getArray().getDataType();
    if (type != DataType.FLOAT32) {
      throw wrong("the weights of " + layer.name + " are " + type + "; expected float32");
    }
    return layer;
  }

  private static void gather(Block block, String path, Map<String, Linear> layers) {
    if (block instanceof Linear linear) {
      layers.put(path, linear);
    }
    for (Pair<String, Block> child : block.getChildren()) {
      gather(
          child.getValue(), path.isEmpty() ? child.getKey() : path + "." + child.getKey(), layers);
    }
  }

  // DJL puts the number of a child, two digits at least, before its name.
  private static String withoutNumbers(String path) {
    return path.replaceAll("(^|\\.)\\d+", "$1");
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("head retraining: " + what);
  }

  /** Returns the number of classes C. */
  int classes() {
    return (int) weight.getArray().getShape().get(0);
  }

  /** Returns the width D of its input. */
  int width() {
    return (int) weight.getArray().getShape().get(1);
  }

  /**
   * Returns copies of its weights.
   *
   * @param manager the manager that owns them
   */
  LinearWeights weights(NDManager manager) {
    return new LinearWeights(copy(weight, manager), bias.map(own -> copy(own, manager)));
  }

  private static NDArray copy(Parameter parameter, NDManager manager) {
    try (NDArray detached = parameter.getArray().stopGradient()) {
      NDArray copy = detached.duplicate();
      copy.attach(manager);
      return copy;
    }
  }

  /** Gives it other weights, in the arrays that it has. */
  void replace(LinearWeights others) {
    replace(weight, others.weight());
    bias.ifPresent(own -> replace(own, others.bias().orElseThrow()));
  }

  private static void replace(Parameter parameter, NDArray values) {
    NDArray array = parameter.getArray();
    boolean learned = array.hasGradient();
    // The engine lets nobody write into an array that it keeps a gradient of.
    array.setRequiresGradient(false);
    array.set(new NDIndex("..."), values);
    array.setRequiresGradient(learned);
  }

  /**
   * What the layer receives for a data set.
   *
   * @param features (N, D), float32
   * @param labels class ids, (N), int64
   */
  record Inputs(NDArray features, NDArray labels) {}

  /**
   * Runs the network over a data set, in its own order.
   *
   * @param manager the manager that owns the result
   * @param root the network
   * @param dataset the data
   * @param batchSize examples at a time
   * @return the inputs of this layer
   */
  Inputs inputs(NDManager manager, Block root, RandomAccessDataset dataset, int batchSize)
      throws IOException, TranslateException {
    LinearWeights own = weights(manager);
    NDArray zeros = manager.zeros(new Shape(width()));
    LinearWeights probe =
        new LinearWeights(
            manager.eye(width()).concat(own.weight(), 0), own.bias().map(zeros::concat));
    NDList features = new NDList();
    NDList labels = new NDList();
    BatchSampler inOrder = new BatchSampler(new SequenceSampler(), batchSize);
    for (Batch batch : dataset.getData(manager, inOrder)) {
      try (Batch open = batch) {
        NDManager step = open.getManager();
        NDList outputs = outputs(root, new Lent(step, probe), open.getData());
        NDArray rows = checked(outputs, own, step);
        NDArray ids = DjlArrays.classIds("head retraining", open.getLabels(), rows).ids();
        keep(rows, features, manager);
        keep(ids, labels, manager);
      }
    }
    if (features.isEmpty()) {
      throw wrong("the data set is empty");
    }
    try (NDList pieces = features;
        NDList ids = labels) {
      return new Inputs(NDArrays.concat(pieces, 0), NDArrays.concat(ids, 0));
    }
  }

  private NDList outputs(Block root, ParameterStore lent, NDList data) {
    try {
      return root.forward(lent, data, false);
    } catch (EngineException e) {
      throw new IllegalArgumentException(
          "head retraining: the model fails if "
              + name
              + " puts out its inputs beside its outputs, as a last layer may: it is not the last,"
              + " or the data does not fit the model: "
              + e.getMessage(),
          e);
    }
  }

  private static void keep(NDArray array, NDList list, NDManager manager) {
    NDArray copy = array.duplicate();
    copy.attach(manager);
    list.add(copy);
  }

  /** Returns the inputs of this layer, if nothing follows it in the network. */
  private NDArray checked(NDList outputs, LinearWeights own, NDManager step) {
    Shape shape = outputs.isEmpty() ? new Shape() : outputs.get(0).getShape();
    int wide = width() + classes();
    if (outputs.size() != 1 || shape.dimension() != 2 || shape.get(1) != wide) {
      throw wrong(
          "the output of the model is not that of "
              + name
              + ", (N, "
              + classes()
              + "); give the last layer, whose input is (N, D), as a child of DJL's own kind");
    }
    NDArray features = outputs.get(0).get(step, new NDIndex(":, 0:" + width()));
    NDArray logits = outputs.get(0).get(step, new NDIndex(":, " + width() + ":"));
    NDArray expected =
        Linear.linear(features, own.weight(), own.bias().orElse(null)).singletonOrThrow();
    float largest = expected.abs().max().getFloat();
    if (!Float.isFinite(largest)) {
      throw wrong("the inputs of " + name + " are not all finite");
    }
    if (!(logits.sub(expected).abs().max().getFloat() <= TOLERANCE * largest)) {
      throw wrong(
          "something changes what "
              + name
              + " puts out (a softmax at the end, perhaps); take it out of the model: losses take"
              + " raw logits");
    }
    return features;
  }

  /** The parameters of the network, with other weights for this layer, for one pass. */
  private final class Lent extends ParameterStore {

    private final LinearWeights lent;

    Lent(NDManager step, LinearWeights lent) {
      super(step, false);
      this.lent = lent;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
      NDArray value;
      if (parameter == weight) {
        value = lent.weight();
      } else if (bias.isPresent() && parameter == bias.get()) {
        value = lent.bias().orElseThrow();
      } else {
        value = super.getValue(parameter, device, training);
      }
      if (value == null) {
        return null;
      }
      // Another handle on the same memory: it records no gradient, and whatever is computed from it
      // is freed with the batch.
      NDArray alias = value.stopGradient();
      alias.attach(getManager());
      return alias;
    }
  }
}
