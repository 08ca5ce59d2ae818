package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.folders.Damaged;
import org.equipoise.experiments.data.folders.ImageFolder;
import org.equipoise.experiments.data.folders.PictureFolder;
import org.equipoise.experiments.data.images.DamagedImageException;
import org.equipoise.experiments.data.images.DecodePool;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training from image files, from the folder to the weights. */
class FolderTrainingTest {

  private static LabelledData data;

  @TempDir private static Path pictures;
  @TempDir private Path folder;

  @BeforeAll
  static void write() throws IOException {
    TorchEngine.start(1);
    PictureFolder written = new PictureFolder(pictures);
    written.write("shirts", 0, 20, ".png");
    written.write("trousers", 1, 12, ".jpg");
    written.write("bags", 8, 6, ".png");
    data =
        new ImageFolder(".", 0.25, 0, PictureFolder.reading(Damaged.FAIL))
            .load(new DataContext(pictures, false));
  }

  @AfterEach
  void forgetThreads() {
    System.clearProperty(DecodePool.THREADS_PROPERTY);
  }

  private static StageTask task(LabelledData data, SamplerSpec sampler) {
    return new StageTask(
        StageSpec.of("folder", new CrossEntropy(), sampler),
        new ModelConfig(new SmallCnn(List.of(4, 6)), new Linear()),
        new TrainingConfig(
            3,
            8,
            new Sgd(0.02, 0.9, 5e-4, false, true),
            new Cosine(0, Granularity.EPOCH),
            List.of(new RandomResizedCrop(), new HorizontalFlip()),
            OptionalDouble.empty(),
            Optional.empty()),
        data,
        TrainStatistics.of(ClassCounts.ofLabels(data.train().labels(), data.classes())),
        5,
        Optional.empty(),
        Path.of("."));
  }

  private StageResult train(String name, SamplerSpec sampler, int stopAfter) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    return new StageTrainer()
        .train(
            task(data, sampler),
            folder.resolve(name),
            new Events(),
            () -> asked.getAndIncrement() >= stopAfter);
  }

  @Test
  void should_train_to_the_same_weights_whatever_the_number_of_decoders() throws IOException {
    System.setProperty(DecodePool.THREADS_PROPERTY, "1");
    StageResult one = train("one", new InstanceBalanced(), Integer.MAX_VALUE);
    System.setProperty(DecodePool.THREADS_PROPERTY, "4");
    StageResult four = train("four", new InstanceBalanced(), Integer.MAX_VALUE);

    assertThat(four.weightsSha256()).isEqualTo(one.weightsSha256());
    assertThat(new Predictor().predict(task(data, new InstanceBalanced()), folder.resolve("one")))
        .satisfies(
            predictions -> {
              assertThat(predictions.size()).isEqualTo(data.test().size());
              assertThat(predictions.labels()).isEqualTo(data.test().labels());
            });
  }

  @Test
  void should_train_to_the_same_weights_if_stopped_and_resumed() throws IOException {
    StageResult undisturbed = train("undisturbed", new InstanceBalanced(), Integer.MAX_VALUE);
    assertThatThrownBy(() -> train("stopped", new InstanceBalanced(), 5))
        .isInstanceOf(TrainingStopped.class);
    StageResult resumed = train("stopped", new InstanceBalanced(), Integer.MAX_VALUE);

    assertThat(resumed.weightsSha256()).isEqualTo(undisturbed.weightsSha256());
  }

  @Test
  void should_train_with_a_sampler_that_learns_and_so_cannot_be_looked_ahead_of()
      throws IOException {
    StageResult undisturbed = train("undisturbed", new AdaptiveSampler(), Integer.MAX_VALUE);
    assertThatThrownBy(() -> train("stopped", new AdaptiveSampler(), 5))
        .isInstanceOf(TrainingStopped.class);

    assertThat(train("stopped", new AdaptiveSampler(), Integer.MAX_VALUE).weightsSha256())
        .isEqualTo(undisturbed.weightsSha256());
  }

  @Test
  void should_end_with_the_name_of_the_file_if_one_goes_missing_on_the_way() throws IOException {
    ImageFiles files = (ImageFiles) data.train();
    Path file = files.path(4);
    Path away = Files.move(file, folder.resolve("away"));
    try {
      assertThatThrownBy(() -> train("broken", new InstanceBalanced(), Integer.MAX_VALUE))
          .isInstanceOf(DamagedImageException.class)
          .hasMessageStartingWith(file + ": is missing; 'images: {damaged: skip, check: decode}'");
    } finally {
      Files.move(away, file);
    }
  }
}
