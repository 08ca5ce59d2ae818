package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;

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

  /** Fills a parameter. */
  HeadFixture with(String parameter, double... values) {
    NDArray array = parameter(parameter);
    try (NDArray exact = manager.create(values, array.getShape());
        NDArray typed = exact.toType(array.getDataType(), true)) {
      typed.copyTo(array);
    }
    return this;
  }

  /** Returns a parameter's own array. */
  NDArray parameter(String name) {
    return head.block().getParameters().get(name).getArray();
  }

  double[] gradient(String parameter) {
    return numbers(parameter(parameter).getGradient());
  }

  static double[] numbers(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  /** Steps must leave at most the gradients behind, which are made once and stay. */
  static void assertNoLeak(HeadFixture head, int width, int classes) {
    step(head, width, classes);
    int after = head.manager.getManagedArrays().size();
    for (int i = 0; i < 20; i++) {
      step(head, width, classes);
    }
    assertThat(head.manager.getManagedArrays()).hasSize(after);
  }

  private static void step(HeadFixture head, int width, int classes) {
    try (NDManager sub = head.manager.newSubManager()) {
      head.backward(sub.ones(new Shape(4, width)), sub.ones(new Shape(4, classes)));
    }
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
