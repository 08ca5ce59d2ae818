package org.equipoise.experiments.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageExamples.ImageFormat;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.experiments.config.FrozenFeatures;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.config.WeightAveraging;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;

/**
 * Small tasks that train in milliseconds: grey images of 6x6 in three classes (40, 20 and 8), each
 * with its own bright row, under noise.
 *
 * <p>Three epochs of five steps unless changed.
 */
record Toy(
    StageSpec stage,
    BackboneSpec backbone,
    int epochs,
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    List<AugmentationSpec> augmentation,
    OptionalDouble gradientClip,
    Optional<WeightAveraging> averaging,
    FrozenFeatures frozenFeatures,
    long streams,
    Optional<Path> start) {

  static final int STEPS = 15;

  private static final ClassCounts COUNTS = ClassCounts.of(40, 20, 8);
  private static final int SIDE = 6;

  Toy() {
    this(
        StageSpec.of("toy", new CrossEntropy(), new InstanceBalanced()),
        new Mlp(List.of(12)),
        3,
        new Sgd(0.05, 0.9, 5e-4, false, true),
        new Cosine(1, Granularity.STEP),
        List.of(new PadCrop(1), new HorizontalFlip()),
        OptionalDouble.empty(),
        Optional.empty(),
        new FrozenFeatures.OnTheFly(),
        42,
        Optional.empty());
  }

  Toy withStage(StageSpec other) {
    return new Toy(
        other,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withBackbone(BackboneSpec other) {
    return new Toy(
        stage,
        other,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withEpochs(int other) {
    return new Toy(
        stage,
        backbone,
        other,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withOptimizer(OptimizerSpec other) {
    return new Toy(
        stage,
        backbone,
        epochs,
        other,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withSchedule(ScheduleSpec other) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        other,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withoutAugmentation() {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        List.of(),
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withGradientClip(double norm) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        OptionalDouble.of(norm),
        averaging,
        frozenFeatures,
        streams,
        start);
  }

  Toy withAveraging(WeightAveraging rule) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        Optional.of(rule),
        frozenFeatures,
        streams,
        start);
  }

  Toy withFrozenFeatures(FrozenFeatures other) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        other,
        streams,
        start);
  }

  Toy withStreams(long other) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        other,
        start);
  }

  Toy startingFrom(Path folder) {
    return new Toy(
        stage,
        backbone,
        epochs,
        optimizer,
        schedule,
        augmentation,
        gradientClip,
        averaging,
        frozenFeatures,
        streams,
        Optional.of(folder));
  }

  StageTask task() {
    ImageExamples train = images(COUNTS, "train");
    ImageExamples test = images(ClassCounts.of(100, 100, 100), "test");
    return new StageTask(
        stage,
        new ModelConfig(backbone, new Linear()),
        new TrainingConfig(
            epochs, 16, optimizer, schedule, augmentation, gradientClip, averaging, frozenFeatures),
        new LabelledData(train, test, List.of("top", "middle", "low"), COUNTS, new TreeMap<>()),
        TrainStatistics.of(COUNTS),
        streams,
        start,
        Path.of("no-files"));
  }

  private static ImageExamples images(ClassCounts counts, String split) {
    RandomGenerator random = new RandomStreams(1).stream(split);
    int[] labels = new int[(int) counts.total()];
    byte[] pixels = new byte[labels.length * SIDE * SIDE];
    int next = 0;
    for (int c = 0; c < counts.classes(); c++) {
      for (int i = 0; i < counts.count(c); i++) {
        labels[next] = c;
        for (int p = 0; p < SIDE * SIDE; p++) {
          int bright = p / SIDE == 2 * c ? 100 : 0;
          pixels[next * SIDE * SIDE + p] = (byte) (bright + random.nextInt(120));
        }
        next++;
      }
    }
    ImageFormat format = new ImageFormat(SIDE, SIDE, 1, List.of(0.3), List.of(0.2));
    return new ImageExamples(pixels, labels, format);
  }
}
