package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.sampling.LookAhead.Split;
import org.equipoise.experiments.config.FrozenFeatures;
import org.equipoise.experiments.config.FrozenFeatures.Cached;
import org.equipoise.experiments.config.FrozenFeatures.OnTheFly;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.FileMutex;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the Meta Sampler takes the examples from that it judges by. */
class MetaDataSplitTest {

  @TempDir Path folder;

  private Path first;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<FrozenFeatures> features() {
    return List.of(new OnTheFly(), new Cached(2));
  }

  @BeforeEach
  void trainFirstStage() throws IOException {
    first = folder.resolve("first");
    Toy toy = new Toy().withBackbone(new SmallCnn(List.of(3, 4)));
    new StageTrainer().train(toy.task(), first, new Events(), () -> false);
  }

  private StageTask task(Split split, FrozenFeatures features) {
    Meta meta = new Meta(NoiseLevel.CLASS, 0, 1, 1, OptionalInt.of(8), Optional.empty(), split);
    StageSpec stage =
        StageSpec.of("classifier", new BalancedSoftmax(), meta)
            .starting(new Start.After("toy", HeadStart.REINITIALISE), Set.of(ModelPart.HEAD));
    return new Toy()
        .withBackbone(new SmallCnn(List.of(3, 4)))
        .withStage(stage)
        .withFrozenFeatures(features)
        .startingFrom(first)
        .task();
  }

  private static StageTask with(StageTask task, Examples validation) {
    LabelledData data = task.data().withValidation(validation);
    return new StageTask(
        task.stage(),
        task.model(),
        task.training(),
        data,
        task.statistics(),
        task.streams(),
        task.start(),
        task.files());
  }

  private String train(StageTask task, String name) throws IOException {
    FeatureCache cache =
        new FeatureCache(folder.resolve("features"), "code", FileMutex.Wait::run, 1);
    return new StageTrainer(cache)
        .train(task, folder.resolve(name), new Events(), () -> false)
        .weightsSha256();
  }

  @ParameterizedTest
  @MethodSource("features")
  void should_judge_by_the_split_that_is_named(FrozenFeatures features) throws IOException {
    StageTask usual = task(Split.TRAIN, features);
    StageTask held = task(Split.VALIDATION, features);
    String byTrain = train(usual, "train");

    // The same examples under another name change nothing; others do.
    assertThat(train(with(held, usual.data().train()), "same")).isEqualTo(byTrain);
    assertThat(train(with(held, usual.data().test()), "other")).isNotEqualTo(byTrain);
    // What is not asked for is not looked at.
    assertThat(train(with(usual, usual.data().test()), "unasked")).isEqualTo(byTrain);
  }

  @Test
  void should_refuse_data_that_have_no_such_split() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(task(Split.VALIDATION, new OnTheFly()), "none"))
        .withMessageContaining("meta: metaData: validation: the data set has no validation split");
  }
}
