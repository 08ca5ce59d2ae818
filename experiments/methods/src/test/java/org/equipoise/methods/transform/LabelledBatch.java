package org.equipoise.methods.transform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/** Six small images, one of each class, so that mixed labels give the order away. */
record LabelledBatch(NDManager manager) {

  static final long SEED = 5;
  static final int SIZE = 6;

  /** Of each class three times as many examples as of the next but one. */
  static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(180, 100, 60, 33, 20, 11));

  InputBatch batch() {
    NDArray inputs = manager.arange(SIZE * 4f).mul(0.37f).reshape(SIZE, 1, 2, 2);
    return new InputBatch(inputs, new Targets.ClassIds(firstIds(SIZE)));
  }

  NDArray firstIds(int size) {
    return manager.create(LongStream.range(0, size).toArray());
  }

  InputBatch transformedBy(BatchTransformSpec spec) {
    return apply(spec, batch(), SEED);
  }

  static InputBatch apply(BatchTransformSpec spec, InputBatch batch, long seed) {
    return spec.bind(TRAIN).apply(batch, new SplittableRandom(seed));
  }

  static Targets.Mixed targets(InputBatch mixed) {
    return (Targets.Mixed) mixed.targets();
  }

  static long[] ids(Targets targets) {
    return ((Targets.ClassIds) targets).ids().toLongArray();
  }

  /** The inputs that a share and partners make of a batch. */
  static float[] mixture(float[] inputs, long[] partners, double lambda) {
    int width = inputs.length / partners.length;
    float[] mixed = new float[inputs.length];
    for (int i = 0; i < mixed.length; i++) {
      float partner = inputs[(int) partners[i / width] * width + i % width];
      mixed[i] = inputs[i] * (float) lambda + partner * (float) (1 - lambda);
    }
    return mixed;
  }
}
