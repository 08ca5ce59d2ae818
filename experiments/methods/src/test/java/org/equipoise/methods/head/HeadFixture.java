package org.equipoise.methods.head;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;

/** A built head with given rows, and what comes out of it. */
final class HeadFixture implements AutoCloseable {

  private final NDManager manager = NDManager.newBaseManager();
  private final ClassifierHead head;

  HeadFixture(HeadSpec spec, int classes, long width, DataType type) {
    head = spec.build(FeatureShape.ofWidth(width), classes);
    head.block().initialize(manager, type, new Shape(-1, width));
  }

  static HeadFixture of(HeadSpec spec, double[][] rows, DataType type) {
    HeadFixture fixture = new HeadFixture(spec, rows.length, rows[0].length, type);
    try (NDArray values = fixture.array(rows)) {
      values.copyTo(fixture.head.weight().getArray());
    }
    return fixture;
  }

  ClassifierHead head() {
    return head;
  }

  NDManager manager() {
    return manager;
  }

  NDArray array(double[][] rows) {
    NDArray values =
        manager.create(
            Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(),
            new Shape(rows.length, rows[0].length));
    return values.toType(head.weight().getArray().getDataType(), false);
  }

  NDArray logits(NDArray... inputs) {
    ParameterStore store = new ParameterStore(manager, false);
    return head.block().forward(store, new NDList(inputs), false).singletonOrThrow();
  }

  /** Leaves d sum(upstream * logits) in the gradients of features and rows; returns the logits. */
  NDArray backward(NDArray features, NDArray upstream) {
    features.setRequiresGradient(true);
    ParameterStore store = new ParameterStore(manager, false);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = head.block().forward(store, new NDList(features), true).singletonOrThrow();
      collector.backward(logits.mul(upstream).sum());
      return logits;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
