package org.equipoise.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples.ImageFormat;

/** From the bytes of a batch of images to what a backbone takes, wherever the bytes came from. */
final class InputChain {

  private final NDArray mean;
  private final NDArray std;

  InputChain(ImageFormat format, NDManager manager) {
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

  static void requireInRange(int[] examples, int size) {
    for (int example : examples) {
      if (example < 0 || example >= size) {
        throw new IndexOutOfBoundsException(
            "batch: example " + example + " outside 0.." + (size - 1));
      }
    }
  }

  /** Turns bytes (N, H, W, C) into normalised float32 (N, C, H, W), channels-last in memory. */
  NDArray apply(NDArray bytes, List<AugmentationSpec> augmentation, RandomGenerator random) {
    NDArray images = bytes.toType(DataType.FLOAT32, true).divi(255);
    for (AugmentationSpec change : augmentation) {
      images = change.apply(images, random);
    }
    NDArray normalised = images.sub(mean).divi(std);
    return normalised.transpose(0, 3, 1, 2);
  }
}
