package org.equipoise.experiments.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.training.Constant;
import org.equipoise.experiments.training.Predictor;
import org.equipoise.experiments.training.StageTask;
import org.equipoise.experiments.training.StageTrainer;
import org.equipoise.experiments.training.TrainingListener;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest implements SpecContract<BackboneSpec> {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Override
  public BackboneSpec spec() {
    return new Identity();
  }

  @Override
  public String expectedTypeName() {
    return "identity";
  }

  @Test
  void should_hand_on_the_features_and_have_no_weights() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network =
          Network.create(
              manager, new Identity(), new Linear(), new Shape(3), 2, new RandomStreams(5));

      NDArray features =
          network.infer(manager.create(new float[] {1, -2, 3}, new Shape(1, 3))).features();

      assertThat(features.toFloatArray()).containsExactly(1, -2, 3);
      assertThat(network.parameters())
          .extracting(NamedParameter::name)
          .containsExactly("head.weight", "head.bias");
    }
  }

  @Test
  void should_refuse_images() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity().build(new Shape(3, 32, 32)))
        .withMessage(
            "identity: takes features (D), but the input is (3, 32, 32); name a backbone for"
                + " images");
  }

  @Test
  void should_leave_convolutions_to_images() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SmallCnn().build(new Shape(512)))
        .withMessageContaining("takes images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CifarResNet().build(new Shape(512)))
        .withMessageContaining("images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResNet().build(new Shape(512)))
        .withMessageContaining("images");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void should_train_on_features_with_or_without_hidden_layers(boolean hidden, @TempDir Path folder)
      throws Exception {
    BackboneSpec backbone = hidden ? new Mlp(List.of(8)) : new Identity();
    FeatureExamples train = clouds("train", 60);
    FeatureExamples test = clouds("test", 60);
    ClassCounts counts = ClassCounts.ofLabels(train.labels(), 3);
    StageTask task =
        new StageTask(
            StageSpec.of("probe", new CrossEntropy(), new InstanceBalanced()),
            new ModelConfig(backbone, new Linear()),
            new TrainingConfig(
                5,
                16,
                new Sgd(0.1, 0.9, 0, false, true),
                new Constant(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty()),
            new LabelledData(
                train, test, List.of("a", "b", "c"), counts, new TreeMap<>(), Optional.of("a net")),
            TrainStatistics.of(counts),
            3,
            Optional.empty(),
            folder);
    int before = TorchEngine.managedArrays();

    new StageTrainer().train(task, folder, new Quiet(), () -> false);
    Predictions predictions = new Predictor().predict(task, folder);

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
    int right = 0;
    for (int i = 0; i < predictions.labels().length; i++) {
      int best = 0;
      for (int c = 1; c < 3; c++) {
        best = predictions.logits()[i * 3 + c] > predictions.logits()[i * 3 + best] ? c : best;
      }
      right += best == predictions.labels()[i] ? 1 : 0;
    }
    assertThat(right / 60.0).isCloseTo(1, within(0.05));
  }

  private record Quiet() implements TrainingListener {

    @Override
    public void onStep(String stage, long step, long steps) {}

    @Override
    public void onEpoch(EpochSummary epoch) {}
  }

  /** Three clouds in four dimensions, ten standard deviations apart. */
  private static FeatureExamples clouds(String split, int size) {
    RandomGenerator random = new RandomStreams(1).stream(split);
    float[] values = new float[size * 4];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 3;
      for (int d = 0; d < 4; d++) {
        values[i * 4 + d] = (float) ((d == labels[i] ? 1 : 0) + 0.1 * random.nextGaussian());
      }
    }
    return new FeatureExamples(values, 4, labels);
  }
}
