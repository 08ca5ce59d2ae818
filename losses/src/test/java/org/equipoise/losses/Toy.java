package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.TestSeed;

/** A small random batch in double, for deriving losses a second time in plain Java. */
record Toy(NDManager manager, double[][] logits, long[] labels, ClassCounts counts) {

  static final int ROWS = 7;
  static final int CLASSES = 4;

  static void onBatch(Consumer<Toy> test) {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("toy");
          double[][] logits = new double[ROWS][CLASSES];
          for (double[] row : logits) {
            Arrays.setAll(row, c -> 3 * random.nextGaussian());
          }
          long[] labels = random.longs(ROWS, 0, CLASSES).toArray();
          long[] counts = random.longs(CLASSES, 1, 2000).toArray();
          try (NDManager manager = NDManager.newBaseManager()) {
            test.accept(new Toy(manager, logits, labels, ClassCounts.of(counts)));
          }
        });
  }

  static PerExampleLoss bindUniform(LossSpec spec) {
    return (PerExampleLoss) spec.bind(TrainStatistics.of(ClassCounts.of(5, 5, 5, 5)));
  }

  static NDArray zeros(NDManager manager, int rows) {
    return manager.zeros(new Shape(rows, CLASSES), DataType.FLOAT32);
  }

  int label(int row) {
    return (int) labels[row];
  }

  NDArray ids() {
    return manager.create(labels);
  }

  /** The labels as regions, of which the first is background. */
  Targets.Regions regions() {
    long[] ids = labels.clone();
    ids[0] = CLASSES;
    return new Targets.Regions(manager.create(ids), CLASSES);
  }

  NDArray oneHot() {
    return ids().oneHot(CLASSES, DataType.FLOAT64);
  }

  LossInput input() {
    return LossInput.of(
        GoldenLoss.matrix(manager, logits, DataType.FLOAT64), new Targets.ClassIds(ids()));
  }

  PerExampleLoss bind(LossSpec spec) {
    return (PerExampleLoss) spec.bind(TrainStatistics.of(counts));
  }

  double[] evaluate(LossSpec spec) {
    return bind(spec).perExample(input()).toDoubleArray();
  }

  /** The softmax of a row of shifted logits, as the textbook has it. */
  double[] softmax(int row, double[] shift) {
    double[] p = new double[CLASSES];
    Arrays.setAll(p, c -> Math.exp(logits[row][c] + shift[c]));
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(e -> e / sum).toArray();
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** Binary cross-entropy, as the textbook has it. */
  static double binaryCrossEntropy(double z, boolean positive) {
    return -Math.log(positive ? sigmoid(z) : 1 - sigmoid(z));
  }
}
