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
  private final InputChain chain;

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
    chain = new InputChain(format, manager);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public StagedBatch batch(
      NDManager step, int[] examples, List<AugmentationSpec> augmentation, RandomGenerator random) {
    InputChain.requireInRange(examples, size);
    NDArray chosen = step.create(Arrays.stream(examples).asLongStream().toArray());
    NDIndex rows = new NDIndex("{}", chosen);
    NDArray inputs = chain.apply(pixels.get(step, rows), augmentation, random);
    return new StagedBatch(inputs, labels.get(step, rows));
  }

  @Override
  public void close() {
    manager.close();
  }
}
