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
  ClassifierBlock(long width, int classes, Initializer rows) {
    this.width = width;
    this.classes = checked(classes);
    this.weight = addWeight(rows);
    this.bias = Optional.empty();
  }

  /** Makes a block with bias. */
  ClassifierBlock(long width, int classes, Initializer rows, Initializer offsets) {
    this.width = width;
    this.classes = checked(classes);
    this.weight = addWeight(rows);
    this.bias =
        Optional.of(
            addParameter(
                Parameter.builder()
                    .setName("bias")
                    .setType(Parameter.Type.BIAS)
                    .optShape(new Shape(classes))
                    .optInitializer(offsets)
                    .build()));
  }

  private static int checked(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("head: classes is " + classes + "; expected >= 1");
    }
    return classes;
  }

  private Parameter addWeight(Initializer rows) {
    return addParameter(
        Parameter.builder()
            .setName("weight")
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(classes, width))
            .optInitializer(rows)
            .build());
  }

  /**
   * Computes the logits.
   *
   * @param features (N, D)
   * @param rows (C, D)
   * @param offsets (C), if the block has a bias
   * @return (N, C), in the manager of the features; nothing may stay behind in that of the rows
   */
  abstract NDArray logits(NDArray features, NDArray rows, Optional<NDArray> offsets);

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
        logits(
            features,
            parameterStore.getValue(weight, device, training),
            bias.map(parameter -> parameterStore.getValue(parameter, device, training))));
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
