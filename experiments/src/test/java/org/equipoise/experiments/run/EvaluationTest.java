package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.evaluation.classification.Confusion;
import org.equipoise.evaluation.classification.ShotAccuracy;
import org.equipoise.evaluation.classification.TopK;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final int CLASSES = 3;

  private static LabelledData data(ClassCounts published) {
    ImageExamples none =
        new ImageExamples(
            new byte[0],
            new int[0],
            new ImageExamples.ImageFormat(1, 1, 1, List.of(0.0), List.of(1.0)));
    return new LabelledData(none, none, List.of("boot", "bag", "coat"), published, new TreeMap<>());
  }

  private static Predictions predictions(int examples) {
    SplittableRandom random = new SplittableRandom(7);
    float[] logits = new float[examples * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble();
    }
    int[] labels = random.ints(examples, 0, CLASSES).toArray();
    return new Predictions(logits, CLASSES, labels);
  }

  @Test
  void should_give_what_the_whole_gives_if_the_predictions_are_merged_from_shards() {
    ClassCounts published = ClassCounts.of(500, 50, 5);
    List<MetricSpec<Predictions, ?>> metrics =
        List.of(new Confusion(), new ShotAccuracy(), new TopK(1), new TopK(2));
    Predictions predictions = predictions(10_000);

    SortedMap<String, MetricResult> results =
        new Evaluation(metrics, data(published)).of(predictions);

    assertThat(results.get("confusion")).isEqualTo(whole(new Confusion(), published, predictions));
    // Groups go by the published counts.
    assertThat(results.get("shot-accuracy"))
        .isEqualTo(whole(new ShotAccuracy(), published, predictions));
    assertThat(results.get("shot-accuracy").scalars()).containsKeys("many", "medium", "few");
    // Metrics of one type share an entry.
    assertThat(results.get("top-k").scalars().get("top-1")).isBetween(0.3, 0.4);
    assertThat(results.get("top-k").scalars().get("top-2")).isBetween(0.6, 0.7);
    assertThat(results.keySet()).containsExactly("confusion", "shot-accuracy", "top-k");
  }

  private static <S> MetricResult whole(
      MetricSpec<Predictions, S> metric, ClassCounts published, Predictions predictions) {
    return metric.compute(
        metric.update(metric.identity(TrainStatistics.of(published)), predictions));
  }
}
