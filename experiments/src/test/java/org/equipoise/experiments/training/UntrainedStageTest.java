package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Linear;
import org.equipoise.methods.head.Ncm;
import org.equipoise.methods.head.TauNorm;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages that make no step: weights in another form, or computed from features. */
class UntrainedStageTest {

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static StageSpec untrained(HeadSpec head, HeadStart start) {
    return StageSpec.of("form", new CrossEntropy(), new InstanceBalanced())
        .starting(new Start.After("toy", start), Set.of())
        .withHead(Optional.of(head));
  }

  private Path trained() throws IOException {
    Path earlier = folder.resolve("earlier");
    train(new Toy().withEpochs(12), earlier, new Events());
    return earlier;
  }

  private static StageResult train(Toy toy, Path directory, Events events) throws IOException {
    return new StageTrainer().train(toy.task(), directory, events, () -> false);
  }

  private static double accuracy(Predictions predictions) {
    int right = 0;
    for (int i = 0; i < predictions.size(); i++) {
      right += predictions.predicted(i) == predictions.labels()[i] ? 1 : 0;
    }
    return (double) right / predictions.size();
  }

  private Map<String, float[]> weights(Path directory) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> weights = new TreeMap<>();
      for (Map.Entry<String, NDArray> entry :
          StageTrainer.readWeights(manager, directory).entrySet()) {
        weights.put(entry.getKey(), entry.getValue().toFloatArray());
      }
      return weights;
    }
  }

  @Test
  void should_take_over_backbone_and_rows_and_leave_the_bias_behind() throws IOException {
    Path earlier = trained();
    Toy toy =
        new Toy().withStage(untrained(new TauNorm(0), HeadStart.KEEP_ROWS)).startingFrom(earlier);
    Events events = new Events();

    StageResult result = train(toy, folder.resolve("tau"), events);

    Map<String, float[]> before = weights(earlier);
    Map<String, float[]> after = weights(folder.resolve("tau"));
    assertThat(before).containsKey("head.bias");
    assertThat(after.keySet())
        .isEqualTo(
            before.keySet().stream()
                .filter(name -> !name.equals("head.bias"))
                .collect(Collectors.toSet()));
    after.forEach((name, values) -> assertThat(values).as(name).containsExactly(before.get(name)));
    assertThat(result.epochs()).isZero();
    assertThat(result.finalTrainLoss()).isEmpty();
    assertThat(events.epochs).isEmpty();
    assertThat(accuracy(new Predictor().predict(toy.task(), folder.resolve("tau"))))
        .isGreaterThan(0.7);
  }

  @Test
  void should_be_found_done_if_asked_again() throws IOException {
    Toy toy =
        new Toy().withStage(untrained(new TauNorm(1), HeadStart.KEEP_ROWS)).startingFrom(trained());
    StageResult first = train(toy, folder.resolve("tau"), new Events());

    StageResult again = train(toy, folder.resolve("tau"), new Events());

    assertThat(again).isEqualTo(first);
  }

  @Test
  void should_compute_the_means_of_the_features_of_the_train_split() throws IOException {
    // GIVEN a backbone of one layer
    Toy small = new Toy().withBackbone(new Mlp(List.of(4)));
    Path earlier = folder.resolve("earlier");
    train(small, earlier, new Events());
    Ncm plain = new Ncm(Ncm.Features.PLAIN, Ncm.Distance.EUCLIDEAN);
    Toy toy = small.withStage(untrained(plain, HeadStart.REINITIALISE)).startingFrom(earlier);

    // WHEN
    train(toy, folder.resolve("ncm"), new Events());

    // THEN the rows are the class means of relu(A x + b), worked out here
    Map<String, float[]> after = weights(folder.resolve("ncm"));
    double[][] means = means((ImageExamples) toy.task().data().train(), after);
    float[] rows = after.get("head.weight");
    for (int i = 0; i < rows.length; i++) {
      assertThat((double) rows[i]).isCloseTo(means[i / 4][i % 4], within(1e-4));
    }
  }

  private static double[][] means(ImageExamples train, Map<String, float[]> weights) {
    float[] a =
        weights.entrySet().stream()
            .filter(e -> e.getKey().startsWith("backbone.") && e.getKey().endsWith("weight"))
            .findFirst()
            .orElseThrow()
            .getValue();
    float[] b =
        weights.entrySet().stream()
            .filter(e -> e.getKey().startsWith("backbone.") && e.getKey().endsWith("bias"))
            .findFirst()
            .orElseThrow()
            .getValue();
    int pixels = a.length / 4;
    double[][] means = new double[3][4];
    int[] counts = {40, 20, 8};
    for (int i = 0; i < train.size(); i++) {
      int label = train.labels()[i];
      for (int h = 0; h < 4; h++) {
        double sum = b[h];
        for (int p = 0; p < pixels; p++) {
          double value = (train.pixels().get(i * pixels + p) & 0xff) / 255.0;
          sum += a[h * pixels + p] * (value - 0.3) / 0.2;
        }
        means[label][h] += Math.max(0, sum) / counts[label];
      }
    }
    return means;
  }

  @Test
  void should_classify_by_the_nearest_mean() throws IOException {
    Toy toy =
        new Toy().withStage(untrained(new Ncm(), HeadStart.REINITIALISE)).startingFrom(trained());

    train(toy, folder.resolve("ncm"), new Events());

    assertThat(accuracy(new Predictor().predict(toy.task(), folder.resolve("ncm"))))
        .isGreaterThan(0.7);
  }

  @Test
  void should_be_refused_if_the_earlier_head_has_other_rows() throws IOException {
    Path earlier = trained();
    Toy toy =
        new Toy()
            .withBackbone(new Mlp(List.of(5)))
            .withStage(untrained(new Linear(), HeadStart.KEEP_ROWS))
            .startingFrom(earlier);

    assertThatThrownBy(() -> train(toy, folder.resolve("other"), new Events()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has shape");
  }
}
