package org.equipoise.api.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainStatisticsTest {

  @Test
  void should_have_rates_that_are_the_prior_if_each_example_has_one_label() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(6, 3, 1));

    assertThat(train.examples()).isEqualTo(10);
    assertThat(train.classes()).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      assertThat(train.positiveRate(c)).isEqualTo(train.instances().prior().probability(c));
    }
  }

  @Test
  void should_take_rates_from_image_counts_if_there_are_any() {
    TrainStatistics train =
        new TrainStatistics(ClassCounts.of(12, 2), Optional.of(ClassCounts.of(3, 2)), 4);

    assertThat(train.positiveRate(0)).isEqualTo(0.75);
    assertThat(train.positiveRate(1)).isEqualTo(0.5);
  }

  @Test
  void should_refuse_parts_that_do_not_agree() {
    assertThatThrownBy(
            () -> new TrainStatistics(ClassCounts.of(1, 1), Optional.of(ClassCounts.of(1)), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train statistics: instance counts have 2 classes, image counts 1");
    assertThatThrownBy(() -> new TrainStatistics(ClassCounts.of(0), Optional.empty(), 0))
        .hasMessage("train statistics: examples is 0; expected >= 1");
  }

  @ParameterizedTest
  @CsvSource({"101, MANY", "100, MEDIUM", "20, MEDIUM", "19, FEW", "0, FEW"})
  void should_group_classes_as_published(long images, ShotGroup group) {
    assertThat(ShotGroup.of(images)).isEqualTo(group);
  }
}
