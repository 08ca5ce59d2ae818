package org.equipoise.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationMetricsTest {

  /** 7 classes: two many-shot, three medium-shot, two few-shot, at the edges of the groups. */
  private static final TrainStatistics TRAIN =
      TrainStatistics.of(ClassCounts.of(500, 101, 100, 50, 20, 19, 1));

  @ParameterizedTest(name = "{0} examples, seed {1}")
  @CsvSource({"500, 1", "40, 2", "7, 3", "3, 4", "1, 5"})
  void should_equal_the_reference_if_updated_in_shards(int examples, long seed) {
    Predictions all = RandomPredictions.of(examples, 7, seed);
    Reference reference = new Reference(all);

    for (int k : new int[] {1, 3, 7, 9}) {
      assertThat(sharded(new TopK(k), all).scalars())
          .hasSize(1)
          .hasEntrySatisfying(
              "top-" + k, top -> assertThat(top).isCloseTo(reference.topK(k), within(1e-15)));
    }
    assertScalar(
        sharded(new BalancedAccuracy(), all), "balanced-accuracy", reference.meanRecall(c -> true));
    MetricResult shots = sharded(new ShotAccuracy(), all);
    assertScalar(shots, "many", reference.meanRecall(c -> c < 2));
    assertScalar(shots, "medium", reference.meanRecall(c -> c >= 2 && c < 5));
    assertScalar(shots, "few", reference.meanRecall(c -> c >= 5));
    MetricResult perClass = sharded(new PerClassRecall(), all);
    for (int c = 0; c < 7; c++) {
      assertThat(perClass.vectors().get("recall").get(c)).isEqualTo(reference.recall(c));
      assertThat(perClass.vectors().get("precision").get(c)).isEqualTo(reference.precision(c));
      assertThat(perClass.vectors().get("support").get(c)).hasValue((double) reference.support(c));
      assertThat(perClass.vectors().get("predicted").get(c))
          .hasValue((double) reference.predicted(c));
      assertThat(perClass.vectors().get("correct").get(c))
          .hasValue((double) reference.confusion[c][c]);
    }
    assertThat(sharded(new Confusion(), all).tables().get("confusion"))
        .isEqualTo(
            Arrays.stream(reference.confusion)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList());
  }

  @Test
  void should_leave_every_figure_out_if_there_are_no_examples() {
    Predictions none = new Predictions(new float[0], 7, new int[0]);

    assertThat(whole(new TopK(), none).scalars()).isEmpty();
    assertThat(whole(new BalancedAccuracy(), none).scalars()).isEmpty();
    assertThat(whole(new ShotAccuracy(), none).scalars()).isEmpty();
    assertThat(whole(new PerClassRecall(), none).vectors().get("recall"))
        .containsOnly(OptionalDouble.empty());
    assertThat(whole(new Confusion(), none).tables().get("confusion").get(6)).containsOnly(0L);
  }

  @Test
  void should_leave_a_shot_group_out_if_no_class_of_it_has_test_examples() {
    // GIVEN test examples of classes 0 (many, missed) and 6 (few, hit) alone
    Predictions some =
        new Predictions(
            new float[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1}, 7, new int[] {0, 6});
    // WHEN
    MetricResult shots = whole(new ShotAccuracy(), some);
    // THEN 0 is a result, and nothing is not 0
    assertThat(shots.scalars()).containsOnlyKeys("few", "many");
    assertThat(shots.scalars()).containsEntry("many", 0.0).containsEntry("few", 1.0);
  }

  @Test
  void should_group_by_images_if_a_class_has_more_labels_than_images() {
    TrainStatistics boxes =
        new TrainStatistics(ClassCounts.of(500, 500), Optional.of(ClassCounts.of(300, 19)), 310);
    ShotAccuracy metric = new ShotAccuracy();
    Predictions right = new Predictions(new float[] {1, 0, 0, 1}, 2, new int[] {0, 1});

    MetricResult shots = metric.compute(metric.update(metric.identity(boxes), right));

    assertThat(shots.scalars()).containsOnlyKeys("few", "many");
  }

  @Test
  void should_predict_the_lower_class_if_scores_are_equal() {
    Predictions tied = new Predictions(new float[] {1, 1, 0, 1, 1, 0}, 3, new int[] {0, 1});
    TrainStatistics three = TrainStatistics.of(ClassCounts.of(1, 1, 1));
    TopK top1 = new TopK();
    Confusion confusion = new Confusion();

    assertThat(top1.compute(top1.update(top1.identity(three), tied)).scalars())
        .containsEntry("top-1", 0.5);
    assertThat(confusion.update(confusion.identity(three), tied).count(1, 0)).isEqualTo(1);
  }

  @Test
  void should_leave_a_state_as_it_was_if_it_is_updated_or_merged() {
    Predictions all = RandomPredictions.of(30, 7, 6);

    assertUnchanged(new TopK(3), all);
    assertUnchanged(new BalancedAccuracy(), all);
    assertUnchanged(new ShotAccuracy(), all);
    assertUnchanged(new PerClassRecall(), all);
    assertUnchanged(new Confusion(), all);
  }

  @Test
  void should_refuse_predictions_if_they_are_over_other_classes_than_the_train_statistics() {
    Predictions three = RandomPredictions.of(5, 3, 7);

    assertRefused(new BalancedAccuracy(), three);
    assertRefused(new ShotAccuracy(), three);
    assertRefused(new PerClassRecall(), three);
    assertRefused(new Confusion(), three);
  }

  @Test
  void should_refuse_to_merge_if_the_shot_groups_differ() {
    ShotAccuracy metric = new ShotAccuracy();
    ShotTally one = metric.identity(TRAIN);
    ShotTally other = metric.identity(TrainStatistics.of(ClassCounts.of(1, 1, 1, 1, 1, 1, 1)));

    assertThatThrownBy(() -> metric.merge(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shot-accuracy");
  }

  @Test
  void should_refuse_k_below_one() {
    assertThatThrownBy(() -> new TopK(0)).hasMessage("k: must be >= 1, is 0");
  }

  @Test
  void should_fit_a_small_heap_if_there_are_8142_classes() {
    // GIVEN as many classes as iNaturalist 2018 has; a full matrix of longs would take 530 MB
    int classes = 8_142;
    TrainStatistics train =
        TrainStatistics.of(ClassCounts.of(IntStream.range(0, classes).mapToLong(c -> 5).toArray()));
    Predictions batch = RandomPredictions.of(64, classes, 8);
    Confusion confusion = new Confusion();
    // WHEN
    ConfusionCounts state = confusion.identity(train);
    for (int i = 0; i < 20; i++) {
      state = confusion.update(state, batch);
    }
    List<List<Long>> table = state.table();
    SortedMap<String, List<List<Long>>> figures = confusion.compute(state).tables();
    // THEN
    assertThat(figures).containsOnlyKeys("confusionCells");
    assertThat(figures.get("confusionCells"))
        .hasSizeLessThanOrEqualTo(batch.size())
        .contains(List.of((long) batch.labels()[0], (long) batch.predicted(0), 20L));
    assertThat(table).hasSize(classes);
    assertThat(table.get(batch.labels()[0]).get(batch.predicted(0))).isGreaterThanOrEqualTo(20);
  }

  private static <S> MetricResult sharded(MetricSpec<Predictions, S> metric, Predictions all) {
    return metric.compute(RandomPredictions.stateOf(metric, TRAIN, all));
  }

  private static <S> MetricResult whole(MetricSpec<Predictions, S> metric, Predictions all) {
    return metric.compute(metric.update(metric.identity(TRAIN), all));
  }

  private static void assertScalar(MetricResult result, String name, OptionalDouble expected) {
    if (expected.isEmpty()) {
      assertThat(result.scalars()).doesNotContainKey(name);
    } else {
      assertThat(result.scalars().get(name)).isCloseTo(expected.getAsDouble(), within(1e-15));
    }
  }

  private static <S> void assertUnchanged(MetricSpec<Predictions, S> metric, Predictions all) {
    S state = metric.update(metric.identity(TRAIN), all);
    S same = metric.update(metric.identity(TRAIN), all);

    S more = metric.merge(metric.update(state, all), state);

    assertThat(state).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(more);
  }

  private static <S> void assertRefused(MetricSpec<Predictions, S> metric, Predictions batch) {
    assertThatThrownBy(() -> metric.update(metric.identity(TRAIN), batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 classes cannot be added to 7");
  }
}
