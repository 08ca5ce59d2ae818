package org.equipoise.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/**
 * A split put before the engine once, from which whole batches are gathered by index.
 *
 * <p>The images stay bytes, channels last; a batch becomes float32 in [0, 1], is augmented, then
 * normalised, and is handed out as a view (N, C, H, W) whose memory is still channels-last, the
 * layout in which convolutions are fastest.
 */
final class StagedImages implements StagedExamples {

  private final NDManager manager;
  private final ImageFormat format;
  private final int size;
  private final NDArray pixels;
  private final NDArray labels;
  private final NDArray mean;
  private final NDArray std;

  StagedImages(ImageExamples examples, NDManager parent) {
    manager = parent.newSubManager();
    format = examples.format();
    size = examples.size();
    pixels =
        manager.create(
            examples.pixels(),
            new Shape(size, format.height(), format.width(), format.channels()),
            DataType.UINT8);
    labels = manager.create(Arrays.stream(examples.labels()).asLongStream().toArray());
    mean = manager.create(toFloats(format.mean()));
    std = manager.create(toFloats(format.std()));
  }

  private static float[] toFloats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  @Override
  public Shape inputShape() {
    return new Shape(format.channels(), format.height(), format.width());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public StagedBatch batch(
      NDManager step, int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    for (int example : examples) {
      if (example < 0 || example >= size) {
        throw new IndexOutOfBoundsException(
            "batch: example " + example + " outside 0.." + (size - 1));
      }
    }
    NDArray chosen = step.create(Arrays.stream(examples).asLongStream().toArray());
    NDIndex rows = new NDIndex("{}", chosen);
    NDArray images = pixels.get(step, rows).toType(DataType.FLOAT32, true).divi(255);
    for (AugmentationSpec change : augmentation) {
      images = change.apply(images, random);
    }
    NDArray normalised = images.sub(mean).divi(std);
    return new StagedBatch(normalised.transpose(0, 3, 1, 2), labels.get(step, rows));
  }

  @Override
  public void close() {
    manager.close();
  }
}
