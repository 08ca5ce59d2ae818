package org.equipoise.experiments.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.equipoise.api.metric.MetricResult;
import org.junit.jupiter.api.Test;

class RunRecordTest {

  @Test
  void should_name_the_figure_if_it_is_no_number() {
    MetricResult undefined = MetricResult.ofScalars(new TreeMap<>(Map.of("depth", Double.NaN)));

    assertThatThrownBy(
            () -> RunRecords.of("softmax", 1, new TreeMap<>(Map.of("acme/depth", undefined))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metric \"acme/depth\": figure \"depth\" is NaN");
  }

  @Test
  void should_refuse_counts_if_they_are_not_one_for_each_class() {
    RunRecord right = RunRecords.of("softmax", 1, new TreeMap<>());

    assertThatThrownBy(
            () ->
                new RunRecord(
                    right.runId(),
                    right.experiment(),
                    right.arm(),
                    right.seed(),
                    right.classNames(),
                    List.of(1L, 2L),
                    right.publishedCounts(),
                    right.stages(),
                    right.logitsSha256(),
                    right.metrics(),
                    right.pretrained(),
                    right.lossEffects(),
                    right.manifest()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trainCounts");
  }
}
