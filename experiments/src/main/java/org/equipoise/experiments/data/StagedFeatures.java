package org.equipoise.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.Named;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.FeatureExamples;

/** Features put before the engine once, from which whole batches are gathered by index. */
public final class StagedFeatures implements StagedExamples {

  // The engine takes at most 2 GB at a time.
  private static final int PIECE = 1 << 28;

  private final NDManager manager;
  private final int size;
  private final NDArray labels;
  private NDArray values;

  StagedFeatures(FeatureExamples examples, NDManager parent) {
    this(examples, parent, PIECE);
  }

  /**
   * Stages features piece by piece.
   *
   * @param piece the values handed to the engine at a time, at least one row's
   */
  StagedFeatures(FeatureExamples examples, NDManager parent, int piece) {
    manager = parent.newSubManager();
    size = examples.size();
    values = staged(examples, piece);
    labels = manager.create(Arrays.stream(examples.labels()).asLongStream().toArray());
  }

  /**
   * Stages examples whose features are still to be shown.
   *
   * @param exampleLabels one label an example
   * @param parent the manager under which staged arrays live
   */
  public StagedFeatures(int[] exampleLabels, NDManager parent) {
    manager = parent.newSubManager();
    size = exampleLabels.length;
    values = manager.create(new Shape(size, 0));
    labels = manager.create(Arrays.stream(exampleLabels).asLongStream().toArray());
  }

  /**
   * Puts other features of the same examples in the place of those that batches are gathered from.
   *
   * @param other the features, (N, D), float32; owned by this from now on
   */
  public void show(NDArray other) {
    if (other.getShape().dimension() != 2 || other.getShape().get(0) != size) {
      throw new IllegalArgumentException(
          "features: expected (" + size + ", D), is " + other.getShape());
    }
    values.close();
    other.attach(manager);
    values = other;
  }

  private NDArray staged(FeatureExamples examples, int piece) {
    FloatBuffer all = examples.values();
    int width = examples.width();
    int rows = Math.max(1, piece / width);
    if (size <= rows) {
      return manager.create(all, new Shape(size, width), DataType.FLOAT32);
    }
    NDList pieces = new NDList();
    for (int from = 0; from < size; from += rows) {
      int some = Math.min(rows, size - from);
      FloatBuffer part = all.slice(from * width, some * width);
      pieces.add(manager.create(part, new Shape(some, width), DataType.FLOAT32));
    }
    try (NDList closed = pieces) {
      return NDArrays.concat(closed, 0);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public StagedBatch batch(
      NDManager step, int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    if (!augmentation.isEmpty()) {
      throw new IllegalArgumentException(
          "training.augmentation: changes images, but the data set has features; expected an empty"
              + " list, is "
              + augmentation.stream().map(Named::typeName).toList());
    }
    for (int example : examples) {
      if (example < 0 || example >= size) {
        throw new IndexOutOfBoundsException(
            "batch: example " + example + " outside 0.." + (size - 1));
      }
    }
    NDArray chosen = step.create(Arrays.stream(examples).asLongStream().toArray());
    NDIndex rows = new NDIndex("{}", chosen);
    return new StagedBatch(values.get(step, rows), labels.get(step, rows));
  }

  @Override
  public void close() {
    manager.close();
  }
}
