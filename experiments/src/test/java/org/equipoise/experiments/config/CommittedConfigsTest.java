package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.folders.ImageList;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.CifarResNet;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.Granularity;
import org.equipoise.experiments.training.MultiStep;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The configs that come with the project, read with every part of the project. */
class CommittedConfigsTest {

  private static final Path FOLDER =
      Path.of("").toAbsolutePath().getParent().resolve("configs").normalize();
  private static final Registry REGISTRY =
      Registry.load(CommittedConfigsTest.class.getClassLoader());
  private static final ConfigReader READER = new ConfigReader(REGISTRY, Json.mapper(REGISTRY));

  private static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> recipes() {
    return Stream.of("cifar10-lt", "cifar100-lt")
        .flatMap(set -> IntStream.of(10, 50, 100, 200).mapToObj(f -> set + "/if" + f + ".yaml"))
        .map(FOLDER::resolve)
        .toList();
  }

  @Test
  void should_find_the_configs() throws IOException {
    assertThat(all()).hasSizeGreaterThanOrEqualTo(14).containsAll(recipes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void should_read_without_a_problem(Path file) {
    ExperimentConfig config = READER.read(file, List.of());

    // Where it stands, so that the results of two data sets do not meet in one folder.
    String path = FOLDER.relativize(file).toString().replace('/', '-');
    assertThat(config.name() + ".yaml").isEqualTo(path);
    assertThat(config.baseline()).isEqualTo("softmax");
    assertThat(config.data().acceptUnverified()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "imagenet-lt/resnet10, 5.0e-4",
    "imagenet-lt/resnext50, 5.0e-4",
    "inaturalist18/resnet50, 1.0e-4"
  })
  void should_train_on_large_images_as_kang_et_al_do(String name, double weightDecay) {
    ExperimentConfig config = READER.read(FOLDER.resolve(name + ".yaml"), List.of());

    TrainingConfig training = config.training();
    assertThat(training.epochs()).isEqualTo(90);
    assertThat(training.batchSize()).isEqualTo(512);
    assertThat(training.optimizer()).isEqualTo(new Sgd(0.2, 0.9, weightDecay, false, true));
    assertThat(training.schedule()).isEqualTo(new Cosine(0, Granularity.EPOCH));
    assertThat(training.augmentation().get(0)).isEqualTo(new RandomResizedCrop());
    assertThat(config.dataset()).isInstanceOf(ImageList.class);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void should_train_as_cao_et_al_do(Path file) {
    ExperimentConfig config = READER.read(file, List.of());

    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(
                200,
                128,
                new Sgd(0.1, 0.9, 2e-4, false, true),
                new MultiStep(),
                List.of(new PadCrop(4), new HorizontalFlip()),
                OptionalDouble.empty()));
    assertThat(config.model().backbone()).isEqualTo(new CifarResNet(32));
    assertThat(config.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(config.dataset().typeName()).isEqualTo(file.getParent().getFileName().toString());
    assertThat(config.dataset().toString())
        .contains(
            "imbalanceFactor=" + file.getFileName().toString().replaceAll("if|.yaml", "") + ".0,");
  }
}
