package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.experiments.config.FrozenFeatures.Cached;
import org.equipoise.experiments.config.FrozenFeatures.OnTheFly;
import org.equipoise.experiments.config.WeightAveraging.Ema;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.FileMutex;
import org.equipoise.experiments.models.CifarResNet;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.InfluenceBalanced;
import org.equipoise.methods.head.Lws;
import org.equipoise.methods.head.Ncm;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads trained on features that were computed before, in place of a frozen backbone. */
class CachedFeaturesTest {

  @TempDir Path folder;

  /** Which batches of features were computed, in order: the view, and the examples so far. */
  private record Computed(int view, int done) {}

  private final List<Computed> computed = new ArrayList<>();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static StageSpec classifier(StageSpec stage) {
    return stage.starting(new Start.After("toy", HeadStart.REINITIALISE), Set.of(ModelPart.HEAD));
  }

  private static Map<String, StageSpec> stages() {
    Map<String, StageSpec> stages = new TreeMap<>();
    stages.put("plain", StageSpec.of("s", new CrossEntropy(), new ClassBalanced()));
    stages.put(
        "loss that looks at features",
        StageSpec.of("s", new InfluenceBalanced(), new InstanceBalanced()));
    stages.put("stateful loss", StageSpec.of("s", new CountingLoss(), new InstanceBalanced()));
    stages.put("learned sampler", StageSpec.of("s", new CrossEntropy(), new AdaptiveSampler()));
    stages.put(
        "head of its own",
        StageSpec.of("s", new BalancedSoftmax(), new InstanceBalanced())
            .withHead(Optional.of(new Lws())));
    stages.put("head taken over", StageSpec.of("s", new BalancedSoftmax(), new ClassBalanced()));
    return stages;
  }

  static Stream<String> names() {
    return stages().keySet().stream();
  }

  private Path first(BackboneSpec backbone) throws IOException {
    Path earlier = folder.resolve("earlier-" + backbone.hashCode());
    new StageTrainer()
        .train(new Toy().withBackbone(backbone).task(), earlier, new Events(), () -> false);
    return earlier;
  }

  /** A second stage on a backbone that was trained. */
  private Toy second(BackboneSpec backbone, StageSpec stage) throws IOException {
    return new Toy()
        .withBackbone(backbone)
        .withStage(classifier(stage))
        .startingFrom(first(backbone));
  }

  private Toy second() throws IOException {
    return second(new SmallCnn(List.of(3, 4)), stages().get("plain"));
  }

  private FeatureCache cache(String code) {
    return new FeatureCache(folder.resolve("features"), code, FileMutex.Wait::run, 1);
  }

  private final class Heard extends StepsAlone {
    @Override
    public void onFeatures(String stage, int view, int done, int examples) {
      computed.add(new Computed(view, done));
    }
  }

  private static class StepsAlone implements TrainingListener {
    long steps;

    @Override
    public void onStep(String stage, long step, long all) {
      steps++;
    }

    @Override
    public void onEpoch(EpochSummary epoch) {}
  }

  private StageResult train(Toy toy, String name) throws IOException {
    return train(toy, name, "code 1");
  }

  private StageResult train(Toy toy, String name, String code) throws IOException {
    return new StageTrainer(cache(code))
        .train(toy.task(), folder.resolve(name), new Heard(), () -> false);
  }

  private Map<String, float[]> weights(String name) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> weights = new TreeMap<>();
      for (Map.Entry<String, NDArray> entry :
          StageTrainer.readWeights(manager, folder.resolve(name)).entrySet()) {
        weights.put(entry.getKey(), entry.getValue().toFloatArray());
      }
      return weights;
    }
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("features"))) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void should_end_where_training_on_plain_images_ends_but_for_rounding(String name)
      throws IOException {
    StageSpec stage = stages().get(name);
    HeadStart head = name.equals("head taken over") ? HeadStart.KEEP : HeadStart.REINITIALISE;
    Toy toy =
        second(new SmallCnn(List.of(3, 4)), stage)
            .withStage(stage.starting(new Start.After("toy", head), Set.of(ModelPart.HEAD)))
            .withoutAugmentation();
    StageResult onTheFly = train(toy, "on-the-fly");
    assertThat(computed).isEmpty();

    StageResult cached = train(toy.withFrozenFeatures(new Cached()), "cached");

    assertThat(computed).containsExactly(new Computed(0, 68));
    assertThat(cached.finalTrainLoss().getAsDouble())
        .isCloseTo(onTheFly.finalTrainLoss().getAsDouble(), within(1e-5));
    Map<String, float[]> expected = weights("on-the-fly");
    Map<String, float[]> found = weights("cached");
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (parameter, values) -> {
          if (parameter.startsWith("backbone.")) {
            assertThat(found.get(parameter)).as(parameter).isEqualTo(values);
          } else {
            assertThat(found.get(parameter)).as(parameter).containsExactly(values, within(1e-4f));
          }
        });
  }

  @Test
  void should_compute_features_once_for_all_stages_on_a_backbone() throws IOException {
    Path earlier = first(new SmallCnn(List.of(3, 4)));
    Toy toy =
        new Toy()
            .withBackbone(new SmallCnn(List.of(3, 4)))
            .withFrozenFeatures(new Cached(2))
            .startingFrom(earlier);
    train(toy.withStage(classifier(stages().get("plain"))), "one");
    assertThat(computed).containsExactly(new Computed(0, 68), new Computed(1, 68));
    computed.clear();

    train(toy.withStage(classifier(stages().get("head of its own"))), "other");
    train(
        toy.withFrozenFeatures(new Cached())
            .withStage(
                StageSpec.of("s", new CrossEntropy(), new InstanceBalanced())
                    .starting(new Start.After("toy", HeadStart.REINITIALISE), Set.of())
                    .withHead(Optional.of(new Ncm()))),
        "means");

    assertThat(computed).isEmpty();
  }

  @Test
  void should_look_at_each_view_in_its_turn_and_at_plain_images_first() throws IOException {
    // GIVEN a head that stays as it is, so that an epoch's loss tells its view
    Toy toy =
        second()
            .withEpochs(5)
            .withOptimizer(new Sgd(1e-30, 0, 0, false, true))
            .withFrozenFeatures(new Cached(3))
            .withStage(classifier(StageSpec.of("s", new CrossEntropy(), new InstanceBalanced())));
    Events events = new Events();
    Events plain = new Events();

    new StageTrainer(cache("code 1"))
        .train(toy.task(), folder.resolve("views"), events, () -> false);
    new StageTrainer()
        .train(
            toy.withFrozenFeatures(new OnTheFly()).withoutAugmentation().task(),
            folder.resolve("plain"),
            plain,
            () -> false);

    List<Double> losses =
        events.epochs.stream().map(TrainingListener.EpochSummary::meanLoss).toList();
    assertThat(losses.get(0)).isCloseTo(plain.epochs.get(0).meanLoss(), within(1e-5));
    assertThat(losses.get(3)).isCloseTo(losses.get(0), within(1e-5));
    assertThat(losses.get(4)).isCloseTo(losses.get(1), within(1e-5));
    assertThat(Math.abs(losses.get(1) - losses.get(0))).isGreaterThan(1e-4);
    assertThat(Math.abs(losses.get(2) - losses.get(1))).isGreaterThan(1e-4);
    assertThat(parts()).hasSize(3);
  }

  @Test
  void should_compute_anew_whatever_features_follow_from() throws IOException {
    Toy toy = second().withFrozenFeatures(new Cached(2)).withEpochs(2);
    train(toy, "usual");
    assertThat(parts()).hasSize(2);

    train(toy.withStreams(7), "other seed");
    assertThat(parts()).as("an augmented view of its own").hasSize(3);
    train(toy.withStreams(7).withEpochs(3), "longer");
    assertThat(parts()).as("nothing").hasSize(3);
    train(toy, "other code", "code 2");
    assertThat(parts()).as("both views").hasSize(5);
    Toy other = second(new SmallCnn(List.of(3, 5)), stages().get("plain"));
    train(other.withFrozenFeatures(new Cached()), "other backbone");
    assertThat(parts()).as("a plain view").hasSize(6);
    Toy fresh =
        toy.withStage(stages().get("plain").starting(new Start.Fresh(), Set.of(ModelPart.HEAD)));
    train(fresh.withFrozenFeatures(new Cached()), "other weights");
    assertThat(parts()).as("a plain view").hasSize(7);
  }

  @Test
  void should_give_the_same_bits_wherever_it_is_stopped() throws IOException {
    Toy toy = second().withFrozenFeatures(new Cached(2)).withAveraging(new Ema(0.8));
    StageResult expected = train(toy, "undisturbed");
    FeatureCache own = new FeatureCache(folder.resolve("own"), "code 1", FileMutex.Wait::run, 1);
    Path stopped = folder.resolve("stopped");
    int stops = 0;
    Optional<StageResult> result = Optional.empty();

    // Asked to stop after every step, and after every batch of features.
    while (result.isEmpty() && stops < 3 * Toy.STEPS) {
      Heard heard = new Heard();
      int before = computed.size();
      try {
        result =
            Optional.of(
                new StageTrainer(own)
                    .train(
                        toy.task(),
                        stopped,
                        heard,
                        () -> heard.steps > 0 || computed.size() > before));
      } catch (TrainingStopped e) {
        stops++;
      }
    }

    assertThat(stops).isGreaterThanOrEqualTo(Toy.STEPS);
    assertThat(result.orElseThrow().weightsSha256()).isEqualTo(expected.weightsSha256());
    assertThat(result.orElseThrow().finalTrainLoss()).isEqualTo(expected.finalTrainLoss());
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void should_go_on_with_the_parts_that_are_there_if_it_dies(int deadly) throws IOException {
    // GIVEN 700 images in parts of 512, and a death within the first or at its end
    StageTask task = withImages(700, second().withFrozenFeatures(new Cached()).task());
    StageResult expected =
        new StageTrainer(cache("code 1"))
            .train(task, folder.resolve("undisturbed"), new Heard(), () -> false);
    List<Computed> all = List.of(new Computed(0, 256), new Computed(0, 512), new Computed(0, 700));
    assertThat(computed).isEqualTo(all);
    computed.clear();
    FeatureCache own = new FeatureCache(folder.resolve("own"), "code 1", FileMutex.Wait::run, 2);
    TrainingListener killer =
        new StepsAlone() {
          @Override
          public void onFeatures(String stage, int view, int done, int examples) {
            if (done == deadly) {
              throw new IllegalStateException("killed");
            }
          }
        };
    Path dead = folder.resolve("dead");
    assertThatThrownBy(() -> new StageTrainer(own).train(task, dead, killer, () -> false))
        .hasMessage("killed");

    StageResult resumed = new StageTrainer(own).train(task, dead, new Heard(), () -> false);

    assertThat(computed).isEqualTo(deadly == 256 ? all : all.subList(2, 3));
    assertThat(resumed.weightsSha256()).isEqualTo(expected.weightsSha256());
  }

  /** Shows the images of a task again and again. */
  private static StageTask withImages(int size, StageTask task) {
    ImageExamples some = (ImageExamples) task.data().train();
    int[] places = IntStream.range(0, size).map(i -> i % some.size()).toArray();
    LabelledData data = task.data();
    return new StageTask(
        task.stage(),
        task.model(),
        task.training(),
        new LabelledData(
            some.select(places), data.test(), data.classNames(), data.published(), new TreeMap<>()),
        task.statistics(),
        task.streams(),
        task.start(),
        task.files());
  }

  @Test
  void should_compute_a_part_again_if_it_is_damaged_or_half_there() throws IOException {
    Toy toy = second().withFrozenFeatures(new Cached());
    StageResult expected = train(toy, "usual");
    Path part = parts().get(0);
    byte[] sound = Files.readAllBytes(part);
    byte[] damaged = sound.clone();
    damaged[damaged.length - 2] ^= 64;
    Files.write(part, damaged);

    assertThat(train(toy, "damaged").weightsSha256()).isEqualTo(expected.weightsSha256());
    assertThat(part).hasBinaryContent(sound);

    Files.delete(part.resolveSibling(part.getFileName() + ".sha256"));
    Files.write(part, damaged);
    assertThat(train(toy, "half").weightsSha256()).isEqualTo(expected.weightsSha256());
    assertThat(part).hasBinaryContent(sound);
    assertThat(computed).hasSize(3);
  }

  @Test
  void should_classify_test_images_with_the_same_bits() throws IOException {
    for (BackboneSpec backbone :
        List.of(new SmallCnn(List.of(3, 4)), new CifarResNet(8), new DropoutNet())) {
      Toy toy = second(backbone, stages().get("plain")).withFrozenFeatures(new Cached());
      String name = "stage-" + backbone.typeName();
      train(toy, name);
      int before = parts().size();

      float[] whole = new Predictor().predict(toy.task(), folder.resolve(name)).logits();
      assertThat(parts()).hasSize(before);
      for (int i = 0; i < 2; i++) {
        assertThat(
                new Predictor(cache("code 1")).predict(toy.task(), folder.resolve(name)).logits())
            .as(backbone.typeName())
            .isEqualTo(whole);
      }
      assertThat(parts()).as("300 images in parts of 256").hasSize(before + 2);
    }
  }

  @Test
  void should_fit_a_head_to_the_same_bits() throws IOException {
    Toy toy =
        second()
            .withStage(
                StageSpec.of("s", new CrossEntropy(), new InstanceBalanced())
                    .starting(new Start.After("toy", HeadStart.REINITIALISE), Set.of())
                    .withHead(Optional.of(new Ncm())));

    StageResult onTheFly = train(toy, "on-the-fly");
    StageResult cached = train(toy.withFrozenFeatures(new Cached(4)), "cached");

    assertThat(computed).containsExactly(new Computed(0, 68));
    assertThat(cached.weightsSha256()).isEqualTo(onTheFly.weightsSha256());
  }

  @Test
  void should_train_a_whole_model_as_ever() throws IOException {
    Toy toy = new Toy().withBackbone(new SmallCnn(List.of(3, 4)));

    StageResult usual = train(toy, "usual");
    StageResult cached = train(toy.withFrozenFeatures(new Cached(3)), "cached");

    assertThat(cached.weightsSha256()).isEqualTo(usual.weightsSha256());
    assertThat(computed).isEmpty();
    assertThat(toy.task().featuresInWords()).isEmpty();
  }

  @Test
  void should_say_in_words_where_features_come_from() throws IOException {
    Toy toy = second();

    assertThat(toy.task().featuresInWords()).contains("on the fly");
    assertThat(toy.withFrozenFeatures(new Cached()).task().featuresInWords())
        .contains("cached, plain view");
    assertThat(toy.withFrozenFeatures(new Cached(3)).task().featuresInWords())
        .contains("cached, 3 views");
  }

  @Test
  void should_leave_no_array_behind() throws IOException {
    Toy toy = second().withFrozenFeatures(new Cached(2));
    int before = TorchEngine.managedArrays();

    train(toy, "stage");

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_refuse_what_it_has_no_place_for() throws IOException {
    Toy toy = second().withFrozenFeatures(new Cached());
    StageSpec mixing = stages().get("plain").transforming(List.of(new Mixup()));

    assertThatThrownBy(
            () ->
                new StageTrainer()
                    .train(toy.task(), folder.resolve("none"), new Events(), () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stage \"s\": features are to be cached, but this trainer has no cache");
    assertThatThrownBy(() -> train(toy.withStage(classifier(mixing)), "mixing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stage \"s\": batch transforms [mixup] change inputs, but with"
                + " training.frozenFeatures cached there are only features; expected none, or"
                + " frozenFeatures: {type: on-the-fly}");
  }
}
