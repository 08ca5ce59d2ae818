package org.equipoise.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.data.augmentation.AutoAugment;
import org.equipoise.experiments.data.augmentation.Cutout;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.data.folders.ImageList;
import org.equipoise.experiments.data.folders.ListFormat;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.CifarResNet;
import org.equipoise.experiments.models.ResNet;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.Granularity;
import org.equipoise.experiments.training.MultiStep;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.experiments.weights.Pretrained;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.Balms;
import org.equipoise.methods.Crt;
import org.equipoise.methods.SingleStage;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.samplers.Meta;
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

  // Of the published profile, by data set and imbalance factor.
  private static final Map<String, Integer> IMAGES =
      Map.of(
          "cifar10-lt/10", 20_431,
          "cifar10-lt/100", 12_406,
          "cifar10-lt/200", 11_203,
          "cifar100-lt/10", 19_573,
          "cifar100-lt/100", 10_847,
          "cifar100-lt/200", 9_502);

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

  private static List<Path> balmsRecipes() {
    return Stream.of("cifar10-lt", "cifar100-lt")
        .flatMap(set -> IntStream.of(10, 100, 200).mapToObj(f -> set + "/balms-if" + f + ".yaml"))
        .map(FOLDER::resolve)
        .toList();
  }

  @Test
  void should_find_the_configs() throws IOException {
    assertThat(all())
        .hasSizeGreaterThanOrEqualTo(24)
        .containsAll(recipes())
        .containsAll(balmsRecipes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void should_read_without_a_problem(Path file) {
    ExperimentConfig config = CommittedConfigs.read(READER, file);

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
    "inaturalist18/resnet50, 1.0e-4",
    "places-lt/resnet152, 5.0e-4"
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

  @Test
  void should_start_from_imagenet_and_train_heads_with_the_rates_of_places_lt() {
    ExperimentConfig config = READER.read(FOLDER.resolve("places-lt/resnet152.yaml"), List.of());

    assertThat(config.model().backbone()).isEqualTo(new ResNet(152, 1, 64));
    assertThat(config.model().pretrained().map(Pretrained::frozen)).contains(false);
    assertThat(config.model().input()).contains(new InputNormalisation.Imagenet());
    assertThat(((ImageList) config.dataset()).format()).isEqualTo(new ListFormat.PathLabel());
    assertThat(config.arms())
        .filteredOn(arm -> arm.method() instanceof Crt)
        .extracting(
            arm -> ((Crt) arm.method()).epochs(), arm -> ((Crt) arm.method()).learningRate())
        .containsExactly(tuple(10, OptionalDouble.of(0.2)), tuple(10, OptionalDouble.of(0.04)));
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
                OptionalDouble.empty(),
                Optional.empty()));
    assertThat(config.model().backbone()).isEqualTo(new CifarResNet(32));
    assertThat(config.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(config.dataset().typeName()).isEqualTo(file.getParent().getFileName().toString());
    assertThat(config.dataset().toString())
        .contains(
            "imbalanceFactor=" + file.getFileName().toString().replaceAll("if|.yaml", "") + ".0,");
  }

  // 13,000 steps, 800 of them warm-up, and 2,000 of the second stage, in whole epochs.
  @ParameterizedTest
  @MethodSource("balmsRecipes")
  void should_train_as_ren_et_al_do(Path file) {
    ExperimentConfig config = READER.read(file, List.of());
    String set = file.getParent().getFileName().toString();
    String factor = file.getFileName().toString().replaceAll("balms-if|.yaml", "");
    int steps = rounded(IMAGES.get(set + "/" + factor), 512);

    assertThat(config.dataset().typeName()).isEqualTo(set);
    assertThat(config.dataset().toString()).contains("imbalanceFactor=" + factor + ".0,");
    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(
                rounded(13_000, steps),
                512,
                new Sgd(0.1, 0.9, 5e-4, false, true),
                new Cosine(rounded(800, steps), Granularity.EPOCH, 0.5),
                List.of(
                    new PadCrop(4), new HorizontalFlip(), new AutoAugment(), new Cutout(16, 1, 0)),
                OptionalDouble.empty(),
                Optional.empty()));
    assertThat(config.model().backbone()).isEqualTo(new CifarResNet(32));
    assertThat(config.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(config.arms())
        .containsExactly(
            new ArmConfig("softmax", new SingleStage()),
            new ArmConfig(
                "balanced-softmax", new SingleStage(new BalancedSoftmax(), new InstanceBalanced())),
            new ArmConfig(
                "decoupled-balanced-softmax",
                new Crt(
                    new CrossEntropy(),
                    new BalancedSoftmax(),
                    new InstanceBalanced(),
                    rounded(2_000, steps),
                    OptionalDouble.of(0.1),
                    Optional.of(new Cosine(0, Granularity.EPOCH, 0)))),
            new ArmConfig(
                "balms",
                new Balms(
                    new CrossEntropy(),
                    new BalancedSoftmax(),
                    new Meta(),
                    OptionalInt.empty(),
                    OptionalDouble.of(0.1),
                    Optional.of(new Cosine(0, Granularity.EPOCH, 0)))));
    TrainStatistics train =
        TrainStatistics.of(ClassCounts.of(IMAGES.get(set + "/" + factor).longValue()));
    assertThat(new Balms().stages(train).get(1).epochs()).hasValue(rounded(2_000, steps));
  }

  private static int rounded(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
