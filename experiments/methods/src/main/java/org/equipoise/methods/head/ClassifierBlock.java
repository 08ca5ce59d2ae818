package org.equipoise.methods.head;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.Optional;
import org.equipoise.api.model.ClassifierHead;

/**
 * A head with one weight row a class.
 *
 * <p>The shapes of its parameters are known from the start, so that a caller may read and fill them
 * before any input was seen. Of its inputs only the first, the pooled features, is used.
 */
abstract class ClassifierBlock extends AbstractBlock {

  private final long width;
  private final int classes;
  private final Parameter weight;
  private final Optional<Parameter> bias;

  /** Makes a block without bias. */
  ClassifierBlock(long width, int classes, Initializer rows, Rows kept) {
    this.width = width;
    this.classes = checked(classes);
    this.weight = addWeight(rows, kept);
    this.bias = Optional.empty();
  }

  /** Makes a block with bias. */
  ClassifierBlock(long width, int classes, Initializer rows, Initializer offsets, Rows kept) {
    this.width = width;
    this.classes = checked(classes);
    this.weight = addWeight(rows, kept);
    this.bias =
        Optional.of(
            add("bias", Parameter.Type.BIAS, new Shape(classes), offsets, kept == Rows.TRAINED));
  }

  /** Makes a block of trained rows without bias. */
  ClassifierBlock(long width, int classes, Initializer rows) {
    this(width, classes, rows, Rows.TRAINED);
  }

  /** Whether rows and bias change in training. */
  enum Rows {
    /** By gradient. */
    TRAINED,
    /** Never: they come from an earlier stage, or are fixed from the start. */
    FROZEN
  }

  private static int checked(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("head: classes is " + classes + "; expected >= 1");
    }
    return classes;
  }

  private Parameter addWeight(Initializer rows, Rows kept) {
    return add(
        "weight", Parameter.Type.WEIGHT, new Shape(classes, width), rows, kept == Rows.TRAINED);
  }

  /** Adds a trained parameter. */
  final Parameter addTrained(String name, Parameter.Type type, Shape shape, Initializer start) {
    return add(name, type, shape, start, true);
  }

  /** Adds a parameter that no gradient changes. */
  final Parameter addFrozen(String name, Shape shape, Initializer start) {
    return add(name, Parameter.Type.OTHER, shape, start, false);
  }

  private Parameter add(
      String name, Parameter.Type type, Shape shape, Initializer start, boolean trained) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(shape)
            .optInitializer(start)
            .optRequiresGrad(trained)
            .build());
  }

  /**
   * Computes the logits.
   *
   * @param features (N, D)
   * @param values the values of this block's parameters
   * @return (N, C), in the manager of the features; nothing may stay behind in that of the rows
   */
  abstract NDArray logits(NDArray features, Values values);

  /** Returns {@code <W_j, f> + b_j} of the rows as they are. */
  final NDArray linear(NDArray features, Values values) {
    return ai.djl.nn.core.Linear.linear(features, rows(values), bias.map(values::of).orElse(null))
        .head();
  }

  /** Returns the rows, (C, D). */
  final NDArray rows(Values values) {
    return values.of(weight);
  }

  /** The values of parameters on the device of the features. */
  interface Values {
    NDArray of(Parameter parameter);
  }

  final ClassifierHead asHead() {
    return new ClassifierHead(this, weight, bias);
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    NDArray features = inputs.head();
    requireWidth(features.getShape());
    Device device = features.getDevice();
    return new NDList(
        logits(features, parameter -> parameterStore.getValue(parameter, device, training)));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    requireWidth(inputShapes[0]);
    return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
  }

  @Override
  protected final void prepare(Shape[] inputShapes) {
    requireWidth(inputShapes[0]);
  }

  private void requireWidth(Shape features) {
    if (features.dimension() != 2 || features.get(1) != width) {
      throw new IllegalArgumentException(
          "head: features have shape " + features + "; expected (N, " + width + ")");
    }
  }
}
