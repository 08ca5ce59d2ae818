package org.equipoise.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MultiLabelPredictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.MetricContract;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class MultiLabelAveragePrecisionTest implements MetricContract<MultiLabelPredictions, ShotScores> {

  private static final Offset<Double> EXACT = within(1e-12);

  @Override
  public MultiLabelAveragePrecision spec() {
    return new MultiLabelAveragePrecision();
  }

  @Override
  public String expectedTypeName() {
    return "multi-label-average-precision";
  }

  @Override
  public MultiLabelPredictions batch(RandomGenerator random, int size) {
    int classes = train().classes();
    float[] logits = new float[size * classes];
    boolean[] labels = new boolean[logits.length];
    for (int i = 0; i < logits.length; i++) {
      labels[i] = random.nextInt(3) == 0;
      // Quarters, so that ties are common.
      logits[i] = Math.round(4 * random.nextGaussian() + (labels[i] ? 3 : 0)) / 4f;
    }
    return new MultiLabelPredictions(logits, classes, labels);
  }

  @Override
  public MultiLabelPredictions concat(List<MultiLabelPredictions> batches) {
    int length = batches.stream().mapToInt(b -> b.logits().length).sum();
    float[] logits = new float[length];
    boolean[] labels = new boolean[length];
    int at = 0;
    for (MultiLabelPredictions batch : batches) {
      System.arraycopy(batch.logits(), 0, logits, at, batch.logits().length);
      System.arraycopy(batch.labels(), 0, labels, at, batch.labels().length);
      at += batch.logits().length;
    }
    return new MultiLabelPredictions(logits, train().classes(), labels);
  }

  @Override
  public List<double[]> contents(MultiLabelPredictions batch) {
    return List.of(
        IntStream.range(0, batch.logits().length).mapToDouble(i -> batch.logits()[i]).toArray(),
        IntStream.range(0, batch.labels().length)
            .mapToDouble(i -> batch.labels()[i] ? 1 : 0)
            .toArray());
  }

  @Test
  void should_equal_cases_worked_out_by_hand() {
    // 0.8 finds one of two at precision 1, 0.35 the other at 2/3: the example in scikit-learn's
    // documentation of average_precision_score, which rounds it to 0.83.
    assertThat(ofOneClass(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, false, false, true, true))
        .isCloseTo(5.0 / 6, EXACT);
    // The two examples at 2 are one threshold: precisions 1, 2/3 and 3/4.
    assertThat(ofOneClass(new float[] {3, 2, 2, 1}, true, false, true, true))
        .isCloseTo((1 + 2.0 / 3 + 3.0 / 4) / 3, EXACT);
    // In whatever order they come.
    assertThat(ofOneClass(new float[] {3, 2, 2, 1}, true, true, false, true))
        .isCloseTo((1 + 2.0 / 3 + 3.0 / 4) / 3, EXACT);
    // Scores that say nothing: the share of positives.
    assertThat(ofOneClass(new float[] {0, -0f, 0, 0, 0}, true, false, false, true, false))
        .isCloseTo(0.4, EXACT);
    assertThat(ofOneClass(new float[] {2, 1}, true, true)).isEqualTo(1);
    // Precision 1/3, then 1/2; interpolation would raise the first to the second.
    assertThat(ofOneClass(new float[] {4, 3, 2, 1}, false, false, true, true))
        .isCloseTo((1.0 / 3 + 2.0 / 4) / 2, EXACT);
    assertThat(
            ofOneClass(
                new float[] {Float.POSITIVE_INFINITY, 0, Float.NEGATIVE_INFINITY},
                true,
                false,
                true))
        .isCloseTo((1 + 2.0 / 3) / 2, EXACT);
  }

  @Test
  void should_tell_scores_apart_whose_sigmoids_are_the_same_float() {
    assertThat(ofOneClass(new float[] {40, 50}, false, true)).isEqualTo(1);
  }

  @Test
  void should_keep_what_it_saw_if_the_arrays_are_used_again() {
    float[] logits = {1, 2};
    boolean[] labels = {true, false};
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(5));
    ShotScores state =
        spec().update(spec().identity(train), new MultiLabelPredictions(logits, 1, labels));
    Arrays.fill(logits, 0);
    Arrays.fill(labels, true);

    assertThat(spec().compute(state).scalars()).containsEntry("mean-average-precision", 0.5);
  }

  @Test
  void should_equal_the_definition_at_every_threshold() {
    TestSeed.run(
        streams -> {
          MultiLabelPredictions batch = batch(streams.stream("predictions"), 60);
          MetricResult result = compute(batch, train());
          for (int c = 0; c < batch.classes(); c++) {
            assertThat(result.vectors().get("average-precision").get(c).orElseThrow())
                .isCloseTo(naive(batch, c), EXACT);
          }
        });
  }

  @Test
  void should_average_over_the_classes_that_some_example_has_and_by_shot_group() {
    // Average precisions 1, 1/2, 1/2 and 1; the last class has no example.
    MultiLabelPredictions batch =
        new MultiLabelPredictions(
            new float[] {2, 1, 1, 7, 5, 1, 2, 2, 3, 5},
            5,
            new boolean[] {true, true, true, true, false, false, false, false, false, false});
    TrainStatistics train =
        new TrainStatistics(ClassCounts.of(101, 1000, 100, 20, 19), Optional.empty(), 1200);

    MetricResult result = compute(batch, train);

    assertThat(result.vectors().get("average-precision"))
        .containsExactly(
            OptionalDouble.of(1),
            OptionalDouble.of(0.5),
            OptionalDouble.of(0.5),
            OptionalDouble.of(1),
            OptionalDouble.empty());
    assertThat(result.scalars())
        .isEqualTo(Map.of("mean-average-precision", 0.75, "many", 0.75, "medium", 0.75));
  }

  @Test
  void should_refuse_to_mix_other_classes_or_groups() {
    ShotScores five = spec().identity(train());
    ShotScores other = spec().identity(TrainStatistics.of(ClassCounts.of(5, 5, 5, 5, 5)));

    assertThatThrownBy(() -> spec().merge(five, other))
        .hasMessage(
            "multi-label-average-precision: cannot merge states whose classes are in different shot"
                + " groups");
    assertThatThrownBy(
            () -> spec().update(five, new MultiLabelPredictions(new float[2], 2, new boolean[2])))
        .hasMessageContaining("2 classes cannot be added to 5");
  }

  private MetricResult compute(MultiLabelPredictions batch, TrainStatistics train) {
    return spec().compute(spec().update(spec().identity(train), batch));
  }

  private double ofOneClass(float[] scores, boolean... labels) {
    return compute(
            new MultiLabelPredictions(scores, 1, labels), TrainStatistics.of(ClassCounts.of(5)))
        .scalars()
        .get("mean-average-precision");
  }

  /** The sum over distinct scores, descending, of the rise in recall times the precision. */
  private static double naive(MultiLabelPredictions batch, int classId) {
    int classes = batch.classes();
    double[] scores =
        IntStream.range(0, batch.size())
            .mapToDouble(i -> batch.logits()[i * classes + classId])
            .toArray();
    boolean[] labels = new boolean[scores.length];
    double positives = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.labels()[i * classes + classId];
      positives += labels[i] ? 1 : 0;
    }
    double sum = 0;
    double recallBefore = 0;
    double[] thresholds = Arrays.stream(scores).distinct().map(s -> -s).sorted().toArray();
    for (double negated : thresholds) {
      double found = 0;
      double right = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= -negated) {
          found++;
          right += labels[i] ? 1 : 0;
        }
      }
      sum += (right / positives - recallBefore) * right / found;
      recallBefore = right / positives;
    }
    return sum;
  }
}
