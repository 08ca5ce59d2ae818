package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Forward and backward of a loss on one batch of 128 in float32, on one thread of the engine: from
 * logits, or from features of 512 numbers through a linear layer, with or without their gradient.
 */
final class LossStep implements AutoCloseable {

  static final int BATCH = 128;

  /** The widest head that a loss of this module may ask for has this many columns more. */
  private static final int MOST_EXTRA_COLUMNS = 8;

  private static final int FEATURES = 512;
  private static final double MOST = 1280;
  private static final double IMBALANCE = 256;

  static {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  private final NDManager manager = NDManager.newBaseManager();
  private final Objective objective;
  private final LossPlace place;
  private final NDArray features;
  private final NDArray teacherLogits;
  private final NDArray objectness;
  private Targets targets;
  private NDArray logits;
  private NDArray weight;
  private NDArray bias;

  LossStep(LossSpec spec, int classes, LossPlace place) {
    this.place = place;
    long[] counts = new long[classes];
    Arrays.setAll(counts, c -> Math.round(MOST * Math.pow(IMBALANCE, -c / (classes - 1.0))));
    objective =
        Objective.of(
            spec.bind(TrainStatistics.of(ClassCounts.of(counts))),
            Optional.empty(),
            Reduction.BATCH_MEAN);
    features = normal(BATCH, FEATURES);
    objectness = normal(BATCH, 2);
    teacherLogits = normal(BATCH, classes);
    takeWhatTheLossTakes(classes);
  }

  /** Returns the losses that can be measured: all of this module. */
  static List<LossSpec> all() {
    return ServiceLoader.load(LossSpec.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  static LossSpec named(String name) {
    return all().stream().filter(spec -> spec.typeName().equals(name)).findFirst().orElseThrow();
  }

  /** Finds the kind of targets and the width of the head: what the loss does not refuse. */
  private void takeWhatTheLossTakes(int classes) {
    long[] ids = new SplittableRandom(1).longs(BATCH, 0, classes).toArray();
    Targets hard = new Targets.ClassIds(manager.create(ids));
    Targets regions = new Targets.Regions(manager.create(ids), classes);
    RuntimeException last = null;
    for (Targets candidate : List.of(hard, regions)) {
      for (int columns = classes; columns <= classes + MOST_EXTRA_COLUMNS; columns++) {
        targets = candidate;
        logits = normal(BATCH, columns);
        // Logits of about unit size: probabilities below what a float holds normally are slow.
        weight = normal(columns, FEATURES).div((float) Math.sqrt(FEATURES));
        bias = normal(1, columns).reshape(columns);
        try {
          run();
          return;
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
          last = e;
        }
      }
    }
    throw new IllegalStateException("no input that the loss takes", last);
  }

  void run() {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(objective.evaluate(input(step, outputs(step))));
    }
  }

  private NDArray outputs(NDManager step) {
    if (place == LossPlace.ALONE) {
      return leaf(step, logits);
    }
    NDArray below = place == LossPlace.LAST_LAYER ? leaf(step, features) : in(step, features);
    return Linear.linear(below, leaf(step, weight), leaf(step, bias)).head();
  }

  /** A view of the array with a gradient of its own, which nothing was added to yet. */
  private static NDArray leaf(NDManager step, NDArray array) {
    NDArray leaf = in(step, array);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static NDArray in(NDManager step, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(step);
    return view;
  }

  private LossInput input(NDManager step, NDArray outputs) {
    return new LossInput(
        outputs,
        targets,
        Optional.of(in(step, objectness)),
        Optional.of(in(step, features)),
        Optional.of(new ModelOutputs(Optional.empty(), features, teacherLogits, Map.of())),
        new SplittableRandom(1));
  }

  private NDArray normal(int rows, int columns) {
    return manager.randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
  }

  @Override
  public void close() {
    manager.close();
  }
}
