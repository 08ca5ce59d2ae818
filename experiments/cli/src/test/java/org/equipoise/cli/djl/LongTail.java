package org.equipoise.cli.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Sampler;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.testkit.SyntheticLongTail;

/** A small long-tailed train set as a DJL data set: a many-, a medium- and a few-shot class. */
final class LongTail {

  static final ClassCounts COUNTS = ClassCounts.of(150, 40, 10);
  static final long SEED = 7;

  // So far apart that a linear network can be right on nearly all of each class.
  private static final SyntheticLongTail DATA =
      new SyntheticLongTail(COUNTS, 5, new RandomStreams(SEED));
  private static final SyntheticLongTail.Sample TRAIN = DATA.train();

  private LongTail() {}

  static int classes() {
    return COUNTS.classes();
  }

  static int[] labels() {
    return TRAIN.labels().clone();
  }

  static double bestBalancedAccuracy() {
    return DATA.bayesBalancedAccuracy();
  }

  static ArrayDataset dataset(NDManager manager, DataType labelType, boolean column) {
    return builder(manager, labelType, column).setSampling(32, true).build();
  }

  static ArrayDataset dataset(NDManager manager, Sampler sampler) {
    return builder(manager, DataType.INT64, false).setSampling(sampler).build();
  }

  private static ArrayDataset.Builder builder(
      NDManager manager, DataType labelType, boolean column) {
    NDArray labels = manager.create(TRAIN.labels()).toType(labelType, false);
    Shape shape = new Shape(TRAIN.labels().length, TRAIN.dimension());
    return new ArrayDataset.Builder()
        .setData(manager.create(TRAIN.features(), shape))
        .optLabels(column ? labels.expandDims(1) : labels);
  }
}
